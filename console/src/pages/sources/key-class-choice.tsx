// Public or secret: the choice, with what follows from each.
import { Radio, Stack } from '@mantine/core';

type KeyClass = 'public' | 'secret';

interface KeyClassChoiceProps {
  readonly value?: KeyClass;
  readonly onChange?: (value: KeyClass) => void;
}

/** What a key of the class can be used for. */
export const keyClassMeaning: Readonly<Record<KeyClass, string>> = {
  public: 'May stand in a website or app. It can send events and nothing else, and is always shown here.',
  secret: 'For servers. It counts only in the Authorization header; who looks at it again stands in the audit log.',
};

export const KeyClassChoice = ({ value, onChange }: KeyClassChoiceProps) => (
  <Radio.Group
    label="Class of its key"
    {...(value !== undefined && { value })}
    onChange={(chosen) => onChange?.(chosen === 'secret' ? 'secret' : 'public')}
  >
    <Stack gap="xs" mt="xs">
      <Radio value="public" label="Public" description={keyClassMeaning.public} />
      <Radio value="secret" label="Secret" description={keyClassMeaning.secret} />
    </Stack>
  </Radio.Group>
);
