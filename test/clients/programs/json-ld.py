#!/usr/bin/env python3
"""Reads JSON-LD with PyLD, and knows no context but those it is given and the one of the node that it asks.

Standard input: { base, contexts: { address: document }, documents: [{ path, accept, twin, quads, strict }] } as JSON.
Of each document: its graph is compared with that at the address `twin`, in N-Quads, and with `quads`, where these are
given; `strict` says that each of its keys has to be known. Standard output: what was found of each.
"""

import json
import sys
import urllib.request

from pyld import jsonld

N_QUADS = 'application/n-quads'
# Where what is no absolute address, and what no context knows, ends up.
RELATIVE = 'http://relative.invalid/'
UNKNOWN = 'urn:unknown-term:'


def get(url, accept):
    request = urllib.request.Request(url, headers={'Accept': accept})
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as gone:
        # A tombstone is a document, too.
        if gone.code != 410:
            raise
        answer = gone
    with answer:
        return answer.headers['Content-Type'], answer.read().decode()


def loader(base, contexts):
    loaded = {}

    def load(url, options):
        if url not in loaded:
            if url == f'{base}/context.jsonld':
                kind, body = get(url, 'application/ld+json')
                assert kind.startswith('application/ld+json'), kind
                loaded[url] = json.loads(body)
            else:
                # Nothing else is fetched: what is not given is an error.
                loaded[url] = contexts[url]
        return {'contentType': 'application/ld+json', 'contextUrl': None, 'documentUrl': url, 'document': loaded[url]}

    return load


def canonical(graph, **options):
    return jsonld.normalize(graph, {'algorithm': 'URDNA2015', 'format': N_QUADS, 'base': RELATIVE, **options})


def addresses(value):
    """Every address and term in an expanded document."""
    if isinstance(value, list):
        for one in value:
            yield from addresses(one)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith('@'):
                yield key
            if key in ('@id', '@type'):
                yield from inner if isinstance(inner, list) else [inner]
            elif key not in ('@value', '@language'):
                yield from addresses(inner)


def read(base, asked):
    kind, body = get(base + asked['path'], asked['accept'])
    document = json.loads(body)
    quads = canonical(document)
    found = {'path': asked['path'], 'type': kind, 'quads': quads.count('\n'), 'unknown': [], 'differs': []}
    told = document
    if asked.get('strict'):
        told = {**document, '@context': [document['@context'], {'@vocab': UNKNOWN}]}
    found['unknown'] = sorted({
        address for address in addresses(jsonld.expand(told, {'base': RELATIVE}))
        if address.startswith((RELATIVE, UNKNOWN)) or ':' not in address
    })
    if 'twin' in asked:
        kind, twin = get(base + asked['twin'], N_QUADS)
        assert kind.startswith(N_QUADS), kind
        if canonical(twin, inputFormat=N_QUADS) != quads:
            found['differs'].append(asked['twin'])
    if 'quads' in asked and canonical(asked['quads'], inputFormat=N_QUADS) != quads:
        found['differs'].append('quads')
    return found


def main(base, contexts, documents):
    jsonld.set_document_loader(loader(base, contexts))
    json.dump([read(base, asked) for asked in documents], sys.stdout)


main(**json.load(sys.stdin))
