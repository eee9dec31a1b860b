#!/usr/bin/env python3
"""A sender of Linked Data Notifications, of the standard library alone (W3C Recommendation, 2 May 2017, section 3.2).

Standard input: { target, notifications: [{ type, body }] } as JSON, the target an address whose inbox is to be found.
Standard output: what was answered.
"""

import json
import re
import sys
import urllib.request

INBOX = 'http://www.w3.org/ns/ldp#inbox'
CONTAINS = ('http://www.w3.org/ns/ldp#contains', 'ldp:contains', 'contains')


def ask(url, method='GET', body=None, **headers):
    names = {name.replace('_', '-'): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=body, method=method, headers=names)
    try:
        answer = urllib.request.urlopen(request, timeout=30)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read()


def linked(headers, rel):
    """The targets of links of a relation (RFC 8288)."""
    for value in headers.get_all('Link') or []:
        for href, parameters in re.findall(r'<([^>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s;,]+))*)', value):
            found = re.search(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))', parameters)
            if found and rel in (found[1] or found[2]).split():
                yield href


def listed(inbox):
    _, headers, body = ask(inbox, Accept='application/ld+json')
    document = json.loads(body)
    contained = next(document[name] for name in CONTAINS if name in document)
    return {
        'type': headers['Content-Type'],
        'inbox': document.get('@id', document.get('id')),
        'contains': [one if isinstance(one, str) else one.get('@id', one.get('id')) for one in contained],
    }


def send(inbox, notification):
    body = json.dumps(notification['body']).encode()
    status, headers, answer = ask(inbox, 'POST', body, Content_Type=notification['type'])
    location = headers['Location']
    kept = json.loads(ask(location, Accept='application/ld+json')[2]) if status == 201 else None
    return {'status': status, 'location': location, 'answer': json.loads(answer), 'kept': kept}


def main(target, notifications):
    _, headers, _ = ask(target, 'HEAD')
    inboxes = list(linked(headers, INBOX))
    [inbox] = inboxes
    _, options, _ = ask(inbox, 'OPTIONS')
    sent = [send(inbox, notification) for notification in notifications]
    described = list(linked(options, 'http://www.w3.org/ns/ldp#constrainedBy'))
    json.dump(
        {
            'inbox': inbox,
            'acceptPost': options['Accept-Post'],
            'constraints': [ask(url, Accept='application/ld+json')[0] for url in described],
            'sent': sent,
            'listed': listed(inbox),
        },
        sys.stdout,
    )


main(**json.load(sys.stdin))
