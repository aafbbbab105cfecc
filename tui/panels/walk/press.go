package walk

import "time"

// A drag is what a held button does.
type drag struct {
	kind dragKind
	from float64 // what was under the pointer when a pan began
}

type dragKind int

const (
	noDrag dragKind = iota
	reading
	panning
)

type press struct {
	x, y int
	at   time.Time
}
