package chart

// thickness is how many eighths of a row a line along an edge has.
const thickness = 2

// An edge is what an area covers of a half column, and of that the line along
// its upper end.
type edge struct {
	extent
	line extent
}

// A stroke is a line that is drawn from half column to half column.
type stroke struct {
	last  int // where it began in the half column before
	drawn bool
}

// next returns the line of the next half column: from the area's upper end
// down, and as far as it takes to touch the half column before.
func (s *stroke) next(r extent) extent {
	if r.from >= r.to {
		*s = stroke{}
		return extent{}
	}
	line := extent{r.from, r.from + thickness}
	if s.drawn {
		line.to = max(line.to, s.last)
		line.from = min(line.from, s.last+thickness)
	}
	*s = stroke{r.from, true}
	return line
}
