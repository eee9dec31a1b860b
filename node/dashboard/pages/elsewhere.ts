import type { Holding } from '../../../vocab/record.ts';
import type { Sightings } from '../../federation/index.ts';
import { html, titleText } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout } from './layout.ts';

/** Whether a withdrawal has arrived: what each node that is connected shows of the record. */
export function elsewherePage(
  { view, who }: Visit,
  { key, holding, sightings: { at, seen } }: { key: string; holding: Holding; sightings: Sightings },
): string {
  const { elsewhere: words } = messagesIn(view.locale.language);
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">${words.institution}</th>
        <th scope="col">${words.shows}</th>
      </tr>
    </thead>
    <tbody>
      ${seen.map(
        ({ name, address, as }) =>
          html`<tr>
            <th scope="row"><a href="${address}" rel="noreferrer">${name}</a></th>
            <td>${words.as[as]}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
  const main = html`<h1>${words.title}</h1>
    <p class="lede"><a href="${view.link(`/records/${key}`)}">${titleText(view, holding)}</a></p>
    <p>${words.text}</p>
    ${seen.length === 0 ? html`<p>${words.none}</p>` : table}
    <p class="aside">${words.at(view.locale.minute(at))}</p>
    <p>
      <a href="${view.link(`/dashboard/records/${key}/elsewhere`)}">${words.again}</a>
      <a href="${view.link('/dashboard/records')}">${words.content}</a>
    </p>`;
  return dashboardLayout(view, who, { title: words.title, main });
}
