/** Chat templates that a test model may carry; `none` leaves it out. */
export type TemplateKind =
  | 'chatml'
  | 'none'
  | 'thinking'
  | 'opensThought'
  | 'alwaysThinks'
  | 'hostile'
  | 'lateHostile'
  | 'broken';

const turns = `{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}`;
const prompt = `{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`;
const thinkingTurns = `{% for message in messages %}{% set content = message.content %}{% if message.role == 'assistant' and '</think>' in content %}{% set content = content.split('</think>')[-1].lstrip('\\n') %}{% endif %}{% if message.role == 'assistant' and message.reasoning_content %}{% set content = '<think>\\n' + message.reasoning_content + '\\n</think>\\n\\n' + content %}{% endif %}{{ '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>\\n' }}{% endfor %}`;
const opened = `{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n<think>\\n' }}{% endif %}`;
const switched = `{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n<think>\\n' }}{% if enable_thinking is defined and enable_thinking is false %}{{ '\\n</think>\\n\\n' }}{% endif %}{% endif %}`;
const stall = `{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}`;

/**
 * The Jinja text of a template kind; null for none. `opensThought` and `alwaysThinks` begin a thought in the prompt, the
 * first unless thinking is off. `hostile` never comes to an end, `lateHostile` only in a long
 * chat.
 */
export function chatTemplate(kind: TemplateKind): string | null {
  switch (kind) {
    case 'none':
      return null;
    case 'chatml':
      return turns + prompt;
    case 'thinking':
      return thinkingTurns + prompt;
    case 'opensThought':
      return thinkingTurns + switched;
    case 'alwaysThinks':
      return thinkingTurns + opened;
    case 'hostile':
      return stall + turns + prompt;
    case 'lateHostile':
      return `{% if messages | length > 8 %}${stall}{% endif %}${turns.replace("'\\n' + message", "'\\n ' + message")}${prompt}`;
    case 'broken':
      return `{% for message in messages %}{{ message.content `;
  }
}
