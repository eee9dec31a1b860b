#!/usr/bin/perl
# Harvests with HTTP::OAI. Standard input: { baseURL, requests: [{ verb, arguments }] } as JSON; standard output: what each
# request brought, in order: { items: [...], errors: [codes] }.
use strict;
use warnings;
use HTTP::OAI;
use JSON::PP;

my $OAI = 'http://www.openarchives.org/OAI/2.0/';
my $asked = decode_json(do { local $/; <STDIN> });
my $harvester = HTTP::OAI::Harvester->new(baseURL => $asked->{baseURL});
$harvester->repository($harvester->Identify);

my %harvests = (
    Identify => sub {
        my $identify = $harvester->Identify;
        return $identify, [{
            map { $_ => scalar $identify->$_ }
                qw(repositoryName baseURL protocolVersion earliestDatestamp deletedRecord granularity adminEmail)
        }];
    },
    ListMetadataFormats => sub {
        my $formats = $harvester->ListMetadataFormats(@_);
        return $formats, [map { $_->metadataPrefix } $formats->metadataFormat];
    },
    ListSets => sub { list('ListSets', sub { $_[0]->setSpec }, @_) },
    ListIdentifiers => sub { list('ListIdentifiers', \&header, @_) },
    ListRecords => sub { list('ListRecords', \&record, @_) },
    GetRecord => sub {
        my $answer = $harvester->GetRecord(@_);
        my $record = $answer->next;
        return $answer, [$record ? record($record) : ()];
    },
);

print encode_json([map { harvest($_) } @{ $asked->{requests} }]);

sub harvest {
    my ($request) = @_;
    my ($response, $items) = $harvests{ $request->{verb} }->(%{ $request->{arguments} // {} });
    die $response->message . "\n" unless $response->can('errors');
    return { items => $items, errors => [map { $_->code } $response->errors] };
}

# With tokens followed to the end.
sub list {
    my ($verb, $shape, %arguments) = @_;
    my @items;
    my $response = $harvester->$verb(%arguments, onRecord => sub { push @items, $shape->($_[0]) });
    return $response, \@items;
}

sub header {
    my ($header) = @_;
    return {
        identifier => $header->identifier,
        datestamp => $header->datestamp,
        deleted => $header->is_deleted ? JSON::PP::true : JSON::PP::false,
        sets => [$header->setSpec],
    };
}

sub record {
    my ($record) = @_;
    my $metadata = $record->metadata;
    my ($root) = $metadata ? $metadata->dom->findnodes("descendant::*[namespace-uri() != '$OAI']") : ();
    return { %{ header($record->header) }, root => $root ? $root->namespaceURI : undef };
}
