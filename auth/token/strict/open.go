package strict

// maxOdd is how many odd names ParseOpen reports; the rest are left out all
// the same.
const maxOdd = 4

// Odd is a name that ParseOpen left out.
type Odd struct {
	Name string // not cleaned
	Like string // the shown name it can be taken for; "" where Name was there twice
}

// open is what ParseOpen has left out so far.
type open struct {
	shown Guard
	twice map[string]bool // names that were there more than once, which stay out
	odd   []Odd           // the first maxOdd of them
}

// ParseOpen is Parse for an object to which others may add members, such as
// the claims of a token: a guarded name that is there twice or has a
// look-alike is an error as ever. Any other name that is there twice is left
// out, since neither value can be meant, and so is a look-alike of a name of
// shown, while the name itself counts. odd holds the first few that were left
// out.
func (g Guard) ParseOpen(data []byte, shown Guard) (obj Object, odd []Odd, err error) {
	r := reader{guard: g, obj: make(Object), open: &open{shown: shown, twice: map[string]bool{}}}
	if err := r.read(data); err != nil {
		return nil, nil, err
	}
	return r.obj, r.open.odd, nil
}

// keeps reports whether a member that decides nothing belongs into obj, and
// takes one of the same name out of it.
func (o *open) keeps(obj Object, name, folded string) bool {
	real, shown := o.shown.folded[folded]
	_, there := obj[name]
	switch {
	case o.twice[name]:
	case there:
		delete(obj, name)
		o.twice[name] = true
		o.note(Odd{Name: name})
	case shown && real != name:
		o.note(Odd{Name: name, Like: real})
	default:
		return true
	}
	return false
}

func (o *open) note(odd Odd) {
	if len(o.odd) < maxOdd {
		o.odd = append(o.odd, odd)
	}
}
