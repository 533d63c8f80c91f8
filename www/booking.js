// What the company knows about this booking travels with the answers, so that nobody has to type it.
document.getElementById("tour-survey").context = {
  booking: "BM-261107-482",
  tour: "east-rift-valley-3-days",
  departure: "2026-11-07",
};
