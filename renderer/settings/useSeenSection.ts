import { type RefObject, useEffect, useState } from 'react';
import { type SettingsSection, settingsSections } from '../stores/route.ts';

/** Pixels below the top of the page in which a section counts as the one that is read. */
const reach = 80;

/** What a person does to scroll; everything else that scrolls is the way to the section they asked for. */
export const doings = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/** The section that is read: the one that was asked for, until the person scrolls to another. */
export function useSeenSection(page: RefObject<HTMLElement | null>, asked: SettingsSection): SettingsSection {
  const [seen, setSeen] = useState<SettingsSection | null>(null);
  useEffect(() => {
    setSeen(null);
    const element = page.current;
    if (!element) return;
    let byPerson = false;
    const act = () => {
      byPerson = true;
    };
    const scrolled = () => {
      if (byPerson) setSeen(sectionAt(element) ?? asked);
    };
    for (const event of doings) element.addEventListener(event, act, { passive: true });
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      for (const event of doings) element.removeEventListener(event, act);
      element.removeEventListener('scroll', scrolled);
    };
  }, [page, asked]);
  return seen ?? asked;
}

function sectionAt(page: HTMLElement): SettingsSection | undefined {
  const top = page.getBoundingClientRect().top + reach;
  return settingsSections.findLast((section) => {
    const found = page.querySelector(`#${section}`);
    return found !== null && found.getBoundingClientRect().top <= top;
  });
}
