import { fold } from '../index/words.ts';

// Words that questions are made of and that say nothing about what is asked: English, German, French, Spanish,
// Italian, Portuguese, Dutch, Swedish.
const lists = [
  `a about again all also am an and any anyone anything are as ask at be been before but by can cannot could did do
   does doing don down find first for from get give go had has have having he her here hers him his how i if in into
   is it its just know like look made make many may me mine more most much must my name need no not note noted notes
   now of off on once one only or other our out over own please remind remember say said see she should show so some
   someone something such take tell than that the their them then there these they thing this those to too under
   until up us use used very want was we were what when where which while who whom whose why will with would write
   written wrote you your yours`,
  `aber alle als also am an auch auf aus bei bin bis bist da damit dann das dass dein deine dem den der des dich die
   dies diese dieser dir doch du durch ein eine einem einen einer eines er es etwas euch euer für gab gibt habe haben
   hat hatte hier hin ich ihm ihn ihr ihre im in ins ist ja jede jeder kann kein keine kommt können man mein meine mich
   mir mit muss nach nicht noch nur ob oder ohne sag sage sehr sein seine sich sie sind so soll über um und uns unser
   vom von vor war waren warum was weil weiß welche welchem welchen welcher welches wem wen wenn wer werden wessen wie
   wieder will wir wird wo woher wohin wurde wann zu zum zur notiz notizen steht stehen`,
  `ai as au aussi aux avec avez avons c ce ces cet cette comment d dans de des dis dit donne du elle elles en est et
   eu il ils j je l la le les leur lui m ma mais me mes moi mon n ne nos note notes notre nous on ont ou où par pas
   peut plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t ta te
   tes toi ton tu un une va vos votre vous y à été être`,
  `a al algo como con cual cuales cuando cuanto cuántos de del desde dime donde dónde el ella ellos en entre era es
   esa ese eso esta está este esto estos fue ha hay la las le les lo los me mi mis muy más nos nota notas o para pero
   por porque qué que quién quien quienes se sin sobre son su sus también te tengo tiene tu un una uno unos y ya yo
   cómo cuál cuándo cuánto`,
  `agli ai al alla alle anche che chi ci come con cosa cui da dal dalla dei del della delle di dove e è era gli ha
   hai ho i il in io la le lei li lo loro lui ma mi mia mio ne nei nel nella no noi non nostro nota note o per perché
   più qual quale quali quando quanto quella quello questa questo se si sia sono su sua sul sulla suo ti tra tu tua
   tuo un una uno vi voi`,
  `ao aos as até com como da das de dela dele do dos e ela ele em entre era essa esse esta está este eu foi há isso
   isto já lhe mais mas me meu minha muito na nas nem no nos nós nota notas não o onde os ou para pela pelo por porque
   pra qual quais quando quanto que quem se sem ser seu sua são também te tem teu um uma você à é`,
  `aan als bij dat de den der deze die dit door een en er had heb hebben heeft het hier hij hoe ik in is je jij kan
   met mijn naar niet nog of om ons ook op over te tot uit van voor waar waarom wanneer was wat we welke wie wij zijn`,
  `att av de den det du där en ett för från han har hon hur i inte jag kan med men min mitt när någon och om på sig
   som till var vad varför vem vi vilka vilken vilket är`,
];
const words = new Set(lists.flatMap((list) => list.split(/\s+/)).map(fold));

/** True for a word that questions are made of; `folded` is in small letters without accents. */
export const isStopWord = (folded: string) => words.has(folded);
