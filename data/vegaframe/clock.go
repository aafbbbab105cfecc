package vegaframe

import (
	"time"
)

// clock says which moment the clocks of a zone show.
type clock struct {
	zone *time.Location
	// The clocks are offset seconds ahead of UTC for those that show a time
	// from one second since 1970 up to another.
	from, to, offset int64
}

func newClock(zone *time.Location) *clock { return &clock{zone: zone} }

// millis is the moment, in milliseconds since 1970, at which the clocks show so
// many seconds since 1970-01-01 00:00. Of two it is the first; of a time that
// clocks leave out it is the one that time.Date gives.
func (c *clock) millis(shown int64) float64 {
	if c.zone == time.UTC {
		return float64(shown) * 1000
	}
	if shown < c.from || shown >= c.to {
		return float64(c.look(shown)) * 1000
	}
	return float64(shown-c.offset) * 1000
}

// look finds the moment in the zone's table, and remembers how long the clocks
// stay so. A day at each change is looked up again.
func (c *clock) look(shown int64) int64 {
	utc := time.Unix(shown, 0).UTC()
	y, m, d := utc.Date()
	t := time.Date(y, m, d, utc.Hour(), utc.Minute(), utc.Second(), 0, c.zone)
	const day = 86400
	_, offset := t.Zone()
	start, end := t.ZoneBounds()
	c.offset, c.from, c.to = int64(offset), -1<<62, 1<<62
	if !start.IsZero() {
		c.from = start.Unix() + c.offset + day
	}
	if !end.IsZero() {
		c.to = end.Unix() + c.offset - day
	}
	return t.Unix()
}
