package dataframe

import (
	"errors"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
)

// noSuchRegion names the region that is meant, if it can be guessed.
func noSuchRegion(names []string, name string) error {
	text := "there is no region " + session.Clean(name, 60)
	if near := fuzzy.Find(name, names); len(near) > 0 {
		return errors.New(text + ": did you mean " + session.Clean(near[0].Str, 60) + "?")
	}
	return errors.New(text + " in these figures")
}

// resolve finds names in a table whatever their case, by the other name of
// the same country, and where a name was split at its comma.
func resolve(t data.Table, names []string) (have, missing []string) {
	for i := 0; i < len(names); i++ {
		name, taken := match(t, names[i]), 0
		for n := 1; name == "" && n <= 2 && i+n < len(names); n++ {
			joined := strings.Join(names[i:i+n+1], ", ")
			if name = match(t, joined); name != "" {
				taken = n
			}
		}
		if name == "" {
			missing = append(missing, names[i])
			continue
		}
		i += taken
		if !slices.Contains(have, name) {
			have = append(have, name)
		}
	}
	return have, missing
}

func match(t data.Table, name string) string {
	name = strings.Join(strings.Fields(name), " ")
	for _, candidate := range data.SameCountry(name) {
		for _, r := range t.Regions {
			if strings.EqualFold(r, candidate) {
				return r
			}
		}
	}
	return ""
}
