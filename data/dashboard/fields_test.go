package dashboard_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

var exposureColumns = []frame.Column{
	{Name: "day", Type: frame.Date}, {Name: "sector"}, {Name: "amount", Type: frame.Number},
	{Name: "open", Type: frame.Boolean}, {Name: "1990", Type: frame.Integer}, {Name: "-odd", Type: frame.Integer},
}

func TestCheckFields(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"columns that are there and of the right type", `groups: []
sources: {s: {path: x.csv}}
inputs:
  - range: {name: a, source: s, field: day}
  - toggle: {name: b, source: s, field: open}
  - multiselect: {name: c, source: s, field: sector}
rows:
  - - metric: {source: s, field: amount, aggregate: sum, over: day, delta: previous, trend: true}
    - table: {source: s, columns: [{name: amount, format: ".1f", scale: 2}, {name: day, format: "%b"}], sort: [-amount, -odd], trend: "19*", index: sector}
      where: {day: {ge: 2024-01}, sector: {in: $c}}
    - line_chart: {source: s, x: day, y: [amount, "1990"], color: ["#f00", tomato]}
    - scatter_chart: {source: s, x: amount, y: sector, color: sector, size: 20}
    - bar_chart: {source: s, x: sector, y: amount, sort: -amount}
`, ""},
		{"columns that are not there", `groups: []
sources:
  s: {path: x.csv, lookup: [{from: t, on: sectr, take: [nme]}]}
  t: {path: x.csv}
inputs:
  - multiselect: {name: c, source: s, field: setcor}
rows:
  - - metric: {source: s, field: amuont, over: dya, delta: before, rules: [{lt: target, color: bad}]}
    - table: {source: s, columns: [dy], index: x, sort: -amont, trend: ["20*", y]}
      where: {sctor: {eq: a}}
      detail: [opn]
      open: {page: p, set: {a: z}}
    - line_chart: {source: s, x: d, y: amnt, color: sectr}
    - map: {source: s}
`, `p.yaml:3:43 unknown column sectr: did you mean sector?
p.yaml:3:43 unknown column sectr: did you mean sector?
p.yaml:3:57 unknown column nme: did you mean name?
p.yaml:6:46 unknown column setcor: did you mean sector?
p.yaml:8:34 unknown column amuont: did you mean amount?
p.yaml:8:48 unknown column dya: did you mean day?
p.yaml:8:60 unknown column before: known here are day, sector, amount, open, 1990, -odd
p.yaml:8:81 unknown column target: known here are day, sector, amount, open, 1990, -odd
p.yaml:9:36 unknown column dy: did you mean day?
p.yaml:9:48 unknown column x: known here are day, sector, amount, open, 1990, -odd
p.yaml:9:57 unknown column amont: did you mean amount?
p.yaml:9:73 no column of numbers fits 20*
p.yaml:9:80 unknown column y: known here are day, sector, amount, open, 1990, -odd
p.yaml:10:15 there is no column "sctor": did you mean "sector"?
p.yaml:11:16 unknown column opn: did you mean open?
p.yaml:12:32 unknown column z: known here are day, sector, amount, open, 1990, -odd
p.yaml:13:34 unknown column d: known here are day, sector, amount, open, 1990, -odd
p.yaml:13:40 unknown column amnt: did you mean amount?
p.yaml:13:53 unknown column sectr: did you mean sector?
p.yaml:14:7 no column of numbers is called lat or latitude: write latitude: and the column's name
p.yaml:14:7 no column of numbers is called lon or longitude or lng or long: write longitude: and the column's name
`},
		{"columns of the wrong type", `groups: []
sources: {s: {path: x.csv}}
inputs:
  - range: {name: a, source: s, field: sector}
  - toggle: {name: b, source: s, field: amount}
rows:
  - - metric: {source: s, field: sector, aggregate: mean}
    - line_chart: {source: s, x: day, y: sector}
    - scatter_chart: {source: s, x: day, y: sector, size: sector}
    - table: {source: s, columns: [{name: sector, scale: 2}, {name: day, format: ".1f"}, {name: amount, format: "%b"}], trend: sector}
      where: {open: {gt: 1}}
    - map: {source: s, latitude: sector, longitude: amount, color: setcor}
`, `p.yaml:4:40 a range wants numbers or dates, and the column sector is text: such as day, amount, 1990, -odd
p.yaml:5:41 a toggle wants true and false, and the column amount is number: such as open
p.yaml:7:34 the metric wants numbers, and the column sector is text: such as amount, 1990, -odd
p.yaml:8:42 y wants numbers, and the column sector is text: such as amount, 1990, -odd
p.yaml:9:45 size wants numbers, and the column sector is text: such as amount, 1990, -odd
p.yaml:10:43 scale wants numbers, and the column sector is text
p.yaml:10:43 trend wants numbers, and the column sector is text: such as amount, 1990, -odd
p.yaml:10:69 the format .1f does not fit the column day, which is date
p.yaml:10:97 the format %b does not fit the column amount, which is number
p.yaml:11:15 "open" is a boolean: there is no less or more of it
p.yaml:12:34 latitude wants numbers, and the column sector is text: such as amount, 1990, -odd
p.yaml:12:68 unknown column setcor: did you mean sector?
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			page, problems := dashboard.ReadPage("p.yaml", []byte(c.text))
			if got := lines(problems); got != "" {
				t.Fatal(got)
			}
			got := lines(page.Content.CheckFields(map[string][]frame.Column{"s": exposureColumns, "t": {{Name: "sector"}, {Name: "name"}}}))
			if got != c.want {
				t.Errorf("it says\n%s\nin the place of\n%s", got, c.want)
			}
			if got := page.Content.CheckFields(nil); len(got) > 0 {
				t.Errorf("without figures it says %v", got)
			}
		})
	}
}
