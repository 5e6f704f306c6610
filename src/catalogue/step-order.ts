/** The shape of a scenario: state, at most one action, results. */
import { type Background, type Scenario, type Step, StepKeywordType } from '@cucumber/messages';
import type { TagProblem } from './tags.js';

const fewest = 2;
const most = 8;

type Role = 'given' | 'when' | 'then';

interface Placed {
  readonly role: Role | undefined;
  readonly step: Step;
}

const roles: Readonly<Partial<Record<StepKeywordType, Role>>> = {
  [StepKeywordType.CONTEXT]: 'given',
  [StepKeywordType.ACTION]: 'when',
  [StepKeywordType.OUTCOME]: 'then',
};

/** `And` and `But` are what the step before them is. */
function placed(steps: readonly Step[]): readonly Placed[] {
  let role: Role | undefined;
  return steps.map((step) => {
    role = roles[step.keywordType ?? StepKeywordType.UNKNOWN] ?? role;
    return { role, step };
  });
}

export interface StepProblem extends TagProblem {
  readonly line: number;
}

/** Of a scenario with the backgrounds before it. */
export function orderProblems(
  scenario: Scenario,
  backgrounds: readonly Background[],
): readonly StepProblem[] {
  const steps = [...backgrounds.flatMap((background) => background.steps), ...scenario.steps];
  const all = placed(steps);
  const own = all.filter(({ step }) => scenario.steps.includes(step));
  const line = scenario.location.line;
  const problems: StepProblem[] = [];
  const whens = all.filter(({ role }) => role === 'when');
  const begin = all.findIndex(({ role }) => role === 'then');
  if (steps.length < fewest || steps.length > most) {
    problems.push({
      line,
      what: `the scenario has ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`,
      remedy: `${fewest} to ${most} are read at once: split it, or put state into the table`,
    });
  }
  for (const { step } of whens.slice(1)) {
    problems.push({
      line: step.location.line,
      what: 'a scenario has one When',
      remedy: 'say what happens before it as a Given in the past, or write two scenarios',
    });
  }
  if (begin < 0) {
    problems.push({ line, what: 'the scenario has no Then', remedy: 'say what has to be seen' });
  }
  for (const { role, step } of begin < 0 ? [] : all.slice(begin)) {
    if (role !== 'then' && own.some((each) => each.step === step)) {
      problems.push({
        line: step.location.line,
        what: `${step.keyword.trim()} after a Then`,
        remedy: 'a scenario ends with what is seen: write two scenarios',
      });
    }
  }
  return problems;
}
