import { expect, it } from 'vitest';
import { codePlace } from './code-place.ts';

it('reads the names of today and of yesterday', () => {
  const [file, line] = [{ stringValue: '/app/a.py' }, { intValue: '12' }];
  expect(
    codePlace([
      { key: 'code.filepath', value: file },
      { key: 'code.lineno', value: line },
    ]),
  ).toEqual({ key: 'code.filepath', file: '/app/a.py', line: '12', column: '' });
  expect(
    codePlace([
      { key: 'code.line.number', value: { stringValue: '12' } },
      { key: 'code.file.path', value: file },
      { key: 'code.column.number', value: { intValue: '3' } },
    ]),
  ).toEqual({ key: 'code.file.path', file: '/app/a.py', line: '12', column: '3' });
});

it('is nowhere without a file that is a text', () => {
  expect(codePlace([{ key: 'code.lineno', value: { intValue: '12' } }])).toBeUndefined();
  expect(codePlace([{ key: 'code.filepath', value: { intValue: '12' } }])).toBeUndefined();
});
