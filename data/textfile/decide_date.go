package textfile

import "github.com/authtabs/tabgate/data/frame"

// orderName is how notes call an order.
func orderName(r readings) string {
	switch r {
	case dayFirst:
		return "day/month/year"
	case monthFirst:
		return "month/day/year"
	case yearFirst:
		return "year/month/day"
	}
	return ""
}

// decideDate decides about a column of dates, with or without times.
func (c *column) decideDate(d *decision, n counts, a asked) {
	zoned, _ := c.first(func(cl class) bool { return cl.flags&withZone != 0 })
	bare, unzoned := c.first(func(cl class) bool { return cl.kind == day || cl.flags&withoutZone != 0 })
	if zoned.count > 0 && unzoned > 0 {
		d.say("text: some cells have a time zone (first on line %d: %q), others none (first on line %d: %q)", zoned.line, zoned.text, bare.line, bare.text)
		return
	}
	left := n.reads & a.orders
	if left == 0 {
		left = n.reads // the flag is about dates of another form
		if n.reads == 0 || n.anyFlags&doubtful != 0 {
			c.tellNoOrder(d, n, a)
			return
		}
	}
	if !sameIn(left, n.anyFlags) {
		t, _ := c.first(func(cl class) bool { return cl.flags&doubtful != 0 })
		d.say("text: %q (line %d) can be read as %s; say which with --dates", t.text, t.line, orderList(left))
		return
	}
	d.reading = left & -left
	d.kind = frame.Date
	if n.byKind[moment] > 0 {
		d.kind = frame.Datetime
	}
	c.tellDate(d, n, a)
}

// sameIn reports whether all orders that are left give the same days.
func sameIn(left readings, any flags) bool {
	for _, pair := range []struct {
		orders readings
		differ flags
	}{{dayFirst | monthFirst, differDM}, {dayFirst | yearFirst, differDY}, {monthFirst | yearFirst, differMY}} {
		if left&pair.orders == pair.orders && any&pair.differ != 0 {
			return false
		}
	}
	return true
}

func orderList(left readings) string {
	text := ""
	for _, o := range []readings{dayFirst, monthFirst, yearFirst} {
		if left&o == 0 {
			continue
		}
		if text != "" {
			text += " or "
		}
		text += orderName(o)
	}
	return text
}

// tellNoOrder names the first cell that is no date in the order that fits
// most.
func (c *column) tellNoOrder(d *decision, n counts, a asked) {
	best, most := a.orders&-a.orders, 0
	for o := dayFirst; o <= yearFirst; o <<= 1 {
		_, fit := c.first(func(cl class) bool { return (cl.kind == day || cl.kind == moment) && cl.reads&o&a.orders != 0 })
		if fit > most {
			best, most = o, fit
		}
	}
	broke, _ := c.first(func(cl class) bool { return (cl.kind == day || cl.kind == moment) && cl.reads&best == 0 })
	d.say("text: no order of day, month and year fits all dates: as %s, not line %d: %q", orderName(best), broke.line, broke.text)
}

func (c *column) tellDate(d *decision, n counts, a asked) {
	if n.anyFlags&doubtful != 0 && !a.dates {
		d.say("dates read as %s", orderName(d.reading))
	}
	if t, count := c.first(func(cl class) bool { return cl.flags&twoDigitYear != 0 }); count > 0 {
		d.say("two-digit years in %s, 00 to 68 read as 20xx, first on line %d: %q", cells(count), t.line, t.text)
	}
	if t, count := c.first(func(cl class) bool { return cl.kind == day }); count > 0 && d.kind == frame.Datetime {
		d.say("%s without a time, read as 00:00, first on line %d", cells(count), t.line)
	}
}

// decideMonth decides about a column of months: dates, or seasons.
func (c *column) decideMonth(d *decision, n counts) {
	if n.allFlags&isSeason != 0 {
		d.say("text: seasons, the second part is the next year in each cell")
		return
	}
	d.kind, d.reading, d.months = frame.Date, dayFirst, true
	d.say("months, read as their first day")
}
