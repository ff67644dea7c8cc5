// @ts-check
// Starts what the page has. Everything works as plain links and forms; these modules make it quick.
import { startLive } from "./live.js";
import { startVisits } from "./visit.js";
import { startKeys } from "./keys.js";
import { startPalette } from "./palette.js";
import { startMenus } from "./menu.js";
import { startActions } from "./actions.js";
import { startComposer } from "./composer.js";
import { startAsked } from "./asked.js";
import { startTimes } from "./time.js";
import { sayDone } from "./toast.js";
import { startSelection } from "./selection.js";
import { startSwipes } from "./swipe.js";
import { startCounts, startViews } from "./views.js";
import { startMeaning } from "./meaning.js";
import { startCopying } from "./copy.js";
import { startCompletion } from "./complete.js";
import { startMacros } from "./macros.js";
import { startReviews } from "./reviews.js";
import { startProcedures } from "./procedures.js";
import { startPush } from "./push.js";
import { startWelcome } from "./welcome.js";
import { startKeymap } from "./keymap.js";
import { startOffline } from "./offline.js";
import { startSearch } from "./search.js";

startTimes();
if (document.body.dataset.live) {
  startMenus();
  startKeys();
  startPalette();
  sayDone();
  startCopying();
  startPush();
  startSearch();
  startWelcome();
  startKeymap();
  startOffline(document.body.dataset.me ?? "");
  startViews();
  if (document.getElementById("inbox")) {
    startVisits();
    startActions();
    startCompletion();
    startMacros();
    startProcedures();
    startComposer();
    startReviews();
    startAsked();
    startSelection();
    startSwipes();
    startMeaning();
    startCounts();
  }
  startLive(document.body.dataset.live);
}
