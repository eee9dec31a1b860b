#!/usr/bin/env python3
"""A ResourceSync Destination, of the standard library alone (ANSI/NISO Z39.99-2017).

Argument: the address of a Source. Starts at its well-known place, copies everything in each of the ways that are offered,
and stops at the first thing that is not as the standard has it. Prints as JSON what each way brought, as addresses with the
digest of their bytes, and every document that was read on the way.
"""

import hashlib
import io
import json
import sys
import urllib.parse
import zipfile
from http.client import HTTPConnection
from xml.etree import ElementTree

SITEMAP = '{http://www.sitemaps.org/schemas/sitemap/0.9}'
RS = '{http://www.openarchives.org/rs/terms/}'

documents = {}


class Site:
    """Keeps its connection."""

    def __init__(self, base):
        self.netloc = urllib.parse.urlsplit(base).netloc
        self.connection = HTTPConnection(self.netloc, timeout=30)

    def has(self, url):
        return urllib.parse.urlsplit(url).netloc == self.netloc

    def ask(self, url, method='GET', body=None, headers=None):
        expect(self.has(url), f'{url} leads elsewhere')
        parts = urllib.parse.urlsplit(url)
        target = parts.path + (f'?{parts.query}' if parts.query else '')
        self.connection.request(method, target, body, headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def get(self, url, **headers):
        status, _, body = self.ask(url, headers=headers)
        expect(status == 200, f'{url}: {status}')
        return body


def expect(holds, complaint):
    if not holds:
        sys.exit(complaint)


class Entry:
    def __init__(self, element):
        self.loc = element.findtext(f'{SITEMAP}loc')
        md = element.find(f'{RS}md')
        self.md = {} if md is None else md.attrib
        self.links = [link.attrib for link in element.findall(f'{RS}ln')]

    def link(self, rel):
        return next((link['href'] for link in self.links if link['rel'] == rel), None)


class Document(Entry):
    def __init__(self, name, body, capability):
        documents[name] = body.decode()
        root = ElementTree.fromstring(body)
        super().__init__(root)
        expect(self.md.get('capability') == capability, f'{name} is no {capability}: {self.md}')
        self.is_index = root.tag == f'{SITEMAP}sitemapindex'
        self.entries = [Entry(element) for element in root if element.tag in (f'{SITEMAP}url', f'{SITEMAP}sitemap')]


def check(body, entry):
    """The bytes are those that the entry tells of (section 9)."""
    digest = hashlib.sha256(body).hexdigest()
    expect(f'sha-256:{digest}' in entry.md.get('hash', '').split(), f'{entry.loc}: the hash differs')
    expect(str(len(body)) == entry.md.get('length'), f'{entry.loc}: the length differs')
    return digest


def all_entries(site, url, capability, needed):
    """Of a list, or of the lists of an index, each with the times that its kind must have (section 7, table 3)."""
    document = Document(url, site.get(url), capability)
    expect(document.link('up') is not None, f'{url} has no link up')
    for name in needed:
        expect(name in document.md, f'{url} has no {name}')
    if not document.is_index:
        return document.entries
    return [entry for part in document.entries for entry in all_entries(site, part.loc, capability, needed)]


def members(package, manifest_capability, name):
    """What is in a package: entries of its manifest with the bytes at their path; nothing else is in it."""
    archive = zipfile.ZipFile(io.BytesIO(package))
    expect(archive.testzip() is None, f'{name}: a member is damaged')
    manifest = Document(f'{name}!/manifest.xml', archive.read('manifest.xml'), manifest_capability)
    paths = [entry.md['path'].lstrip('/') for entry in manifest.entries if 'path' in entry.md]
    expect(sorted([*paths, 'manifest.xml']) == sorted(archive.namelist()), f'{name}: manifest and package differ')
    return [
        (entry, archive.read(entry.md['path'].lstrip('/')) if 'path' in entry.md else None)
        for entry in manifest.entries
    ]


def packages(site, url, capability, needed):
    for entry in all_entries(site, url, capability, needed):
        expect(entry.md.get('type') == 'application/zip', f'{entry.loc} is no ZIP')
        contents = entry.link('contents')
        expect(contents is not None, f'{entry.loc} has no manifest beside it')
        inside = members(site.get(entry.loc), f'{capability}-manifest', entry.loc)
        beside = Document(contents, site.get(contents), f'{capability}-manifest')
        expect([e.loc for e in beside.entries] == [e.loc for e, _ in inside], f'{contents} differs from {entry.loc}')
        yield inside


def apply(copy, change, loc, digest):
    expect(change in ('created', 'updated', 'deleted'), f'{loc}: no change is told')
    if change == 'deleted':
        copy.pop(loc, None)
    else:
        copy[loc] = digest


def one_by_one(site, capabilities):
    """What is at the Source, and the hashes of what it lists elsewhere: files that stay where the repository has them."""
    copy, elsewhere = {}, {}
    for entry in all_entries(site, capabilities['resourcelist'], 'resourcelist', ['at']):
        if site.has(entry.loc):
            copy[entry.loc] = check(site.get(entry.loc, Accept=entry.md['type']), entry)
        else:
            expect(entry.link('describedby') in copy, f'{entry.loc} is described by nothing before it')
            elsewhere[entry.loc] = entry.md['hash']
    return copy, elsewhere


def by_dump(site, capabilities):
    found = packages(site, capabilities['resourcedump'], 'resourcedump', ['at'])
    return {entry.loc: check(body, entry) for inside in found for entry, body in inside}


def by_changes(site, capabilities):
    copy, deleted = {}, []
    last = ''
    for entry in all_entries(site, capabilities['changelist'], 'changelist', ['from']):
        when, change = entry.md.get('datetime', ''), entry.md.get('change')
        expect(when >= last, f'{entry.loc}: {when} comes after {last}')
        last = when
        if change == 'deleted':
            deleted.append(entry.loc)
        if site.has(entry.loc):
            apply(copy, change, entry.loc, entry.md.get('hash', '').removeprefix('sha-256:'))
    return copy, deleted


def by_change_dump(site, capabilities):
    copy = {}
    for inside in packages(site, capabilities['changedump'], 'changedump', ['from']):
        for entry, body in inside:
            apply(copy, entry.md.get('change'), entry.loc, None if body is None else check(body, entry))
    return copy


def notified(site, capabilities, capability):
    """What subscribers to a channel were told last: shown at its topic."""
    url = capabilities[capability]
    topic = Document(url, site.get(url), capability)
    expect({'from', 'until'} <= set(topic.md), f'{url} tells no interval')
    return [entry.loc for entry in topic.entries]


def on_demand(site, url, wanted):
    """The Source's own addition, which its Capability List links to: one package of what is asked for."""
    status, _, body = site.ask(url, 'POST', '\n'.join(wanted), {'Content-Type': 'text/uri-list'})
    expect(status == 200, f'{url}: {status}')
    found = members(body, 'resourcedump-manifest', url)
    return {entry.loc: None if member is None else check(member, entry) for entry, member in found}


def main(base):
    site = Site(base)
    well_known = f'{base}/.well-known/resourcesync'
    description = Document(well_known, site.get(well_known), 'description')
    [listed] = description.entries
    expect(listed.md.get('capability') == 'capabilitylist', 'the description leads to no Capability List')
    capability_list = Document(listed.loc, site.get(listed.loc), 'capabilitylist')
    expect(capability_list.link('up') == well_known, 'the Capability List does not lead back')
    capabilities = {entry.md['capability']: entry.loc for entry in capability_list.entries}

    resources, elsewhere = one_by_one(site, capabilities)
    changed, deleted = by_changes(site, capabilities)
    some = sorted(resources)[:20] + deleted + [f'{base}/records/nothing']
    dump = next(link['href'] for link in capability_list.links if link['rel'].endswith('onDemandDump'))
    json.dump(
        {
            'capabilities': sorted(capabilities),
            'oneByOne': resources,
            'elsewhere': elsewhere,
            'byDump': by_dump(site, capabilities),
            'byChanges': changed,
            'deleted': deleted,
            'byChangeDump': by_change_dump(site, capabilities),
            'notified': notified(site, capabilities, 'change-notification'),
            'notifiedOfLists': notified(site, capabilities, 'framework-notification'),
            'onDemand': on_demand(site, dump, some),
            'documents': documents,
        },
        sys.stdout,
    )


main(sys.argv[1])
