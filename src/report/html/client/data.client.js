/** The report as it is embedded, with its numbers turned back into texts. */
export const data = JSON.parse(document.getElementById('data').textContent);

const text = (number) => data.texts[number];

for (const scenario of data.scenarios) {
  scenario.rule = text(scenario.rule);
  scenario.needs = scenario.needs.map(text);
  scenario.steps = scenario.steps.map(text);
  scenario.cells = scenario.cells.map(([verdict, duration, command, details], index) => ({
    backend: data.backends[index],
    verdict,
    words: data.verdicts[verdict],
    duration,
    command: text(command)
      .replaceAll('\ue000', data.backends[index])
      .replaceAll('\ue001', `${data.features[scenario.feature].uri}:${scenario.line}`)
      .replaceAll('\ue002', scenario.id),
    message: details ? text(details.message) : '',
    step: details?.step ?? '',
    remedy: details?.remedy === undefined ? '' : text(details.remedy),
    evidence: (details?.evidence ?? []).map(([title, number]) => ({ title, text: text(number) })),
    deviation: details?.deviation?.map(text),
  }));
  scenario.haystack = [
    scenario.id,
    scenario.name,
    data.features[scenario.feature].name,
    scenario.rule,
    data.features[scenario.feature].uri,
    ...scenario.claims,
    ...scenario.needs,
    ...scenario.steps,
    ...scenario.cells.map((cell) => cell.message),
  ]
    .join('\n')
    .toLowerCase();
}
