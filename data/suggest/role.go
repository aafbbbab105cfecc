package suggest

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/authtabs/tabgate/data/frame"
)

// Role is what a column is good for in a chart.
type Role uint8

// The roles. A column of None, such as times of day and lists, is in no chart.
const (
	None Role = iota
	Constant
	ID
	Latitude
	Longitude
	Time
	Year
	Category
	Measure
)

var roleNames = [...]string{"none", "constant", "id", "latitude", "longitude", "time", "year", "category", "measure"}

// String is the role's name in lower case.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return "unknown"
}

// Roles returns the role of each column: names only choose between what types
// and counts allow.
func Roles(facts []Facts) []Role {
	roles := make([]Role, len(facts))
	for i := range facts {
		roles[i] = facts[i].role()
	}
	pairs(facts, roles)
	if !slices.Contains(roles, Category) {
		for i := range facts {
			if c := &facts[i]; roles[i] == Measure && c.Type == frame.Integer && c.Distinct <= 12 && !c.different() && !c.Summed() {
				roles[i] = Category
			}
		}
	}
	return roles
}

// pairs takes places away that have no counterpart: half a place is a number.
func pairs(facts []Facts, roles []Role) {
	for _, p := range [][2]Role{{Latitude, Longitude}, {Longitude, Latitude}} {
		if slices.Contains(roles, p[0]) && !slices.Contains(roles, p[1]) {
			for i, r := range roles {
				if r == p[0] {
					roles[i] = Measure
				}
			}
		}
	}
}

func (f *Facts) role() Role {
	words := wordsOf(f.Name)
	switch {
	case f.Distinct <= 1:
		return Constant
	case f.Type.Numeric() && f.within(90) && lastIs(words, "lat", "latitude"):
		return Latitude
	case f.Type.Numeric() && f.within(180) && lastIs(words, "lon", "lng", "long", "longitude"):
		return Longitude
	case f.Type == frame.Date || f.Type == frame.Datetime:
		return Time
	case f.Type == frame.Time || f.Type == frame.JSON:
		return None
	case f.isYear():
		return Year
	case f.isID(words):
		return ID
	case f.Type == frame.Text || f.Type == frame.Boolean:
		if f.Distinct <= 50 || f.Distinct*10 < f.Rows {
			return Category
		}
		return None
	}
	return Measure
}

func (f *Facts) within(limit float64) bool { return f.Least >= -limit && f.Greatest <= limit }

// isYear reports whether a column holds years.
func (f *Facts) isYear() bool {
	if f.Type != frame.Integer || f.Least < 1500 || f.Greatest > 2199 || f.Distinct < 3 {
		return false
	}
	name := strings.ToLower(f.Name)
	for _, part := range []string{"year", "jahr", "año", "annee", "année"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return slices.Contains(wordsOf(f.Name), "anno")
}

// isID reports whether a column tells rows apart and says nothing else of them.
func (f *Facts) isID(words []string) bool {
	if f.Type != frame.Text && f.Type != frame.Integer {
		return false
	}
	if lastIs(words, "id", "ids", "uuid", "guid", "zip", "zipcode", "plz", "postcode", "phone", "telephone") {
		return true
	}
	for _, w := range []string{"zip", "postal", "post", "phone"} {
		if slices.Contains(words, w) && lastIs(words, "code", "number", "no", "nr") {
			return true
		}
	}
	// A code of a few values, such as that of a country, counts as a category.
	if lastIs(words, "key", "code") && (f.Type == frame.Integer || len(words) == 1) {
		return true
	}
	if f.Type == frame.Integer && f.once() && lastIs(words, "rank", "index", "idx", "row", "nr") {
		return true
	}
	if f.Distinct < f.Rows || f.Rows <= 20 {
		return false
	}
	return f.Type == frame.Text || !f.Summed() && f.isNumbering()
}

// isNumbering reports whether integers that all differ count rows off, or are
// codes of one width. Others are figures, such as the entries at each station.
func (f *Facts) isNumbering() bool {
	const exact = 1 << 53 // no measure is as fine as that
	return f.Rising || f.Greatest-f.Least < 2*float64(f.Rows) || f.Greatest >= exact ||
		f.Least >= 1000 && digits(f.Least) == digits(f.Greatest) && f.Greatest > 3*f.Least
}

// digits is the number of digits before the point.
func digits(x float64) int { return int(math.Floor(math.Log10(x))) + 1 }

// Weak reports whether a column has little to show: over half of it is empty,
// or one value is in more than half of the rows.
func (f *Facts) Weak() bool { return f.weakness() > 0.5 }

// weakness is the share of rows that say nothing.
func (f *Facts) weakness() float64 {
	if f.Rows == 0 {
		return 1
	}
	return float64(max(f.Rows-f.Filled, f.Most)) / float64(f.Rows)
}

// Summed reports whether the values of a measure may be added up; the mean of
// others is taken.
func (f *Facts) Summed() bool {
	if !f.Type.Numeric() || f.isShare() {
		return false
	}
	if f.Unit != "" {
		return isCurrency(f.Unit)
	}
	if strings.ContainsAny(f.Name, "$€£¥") {
		return true
	}
	for _, w := range wordsOf(f.Name) {
		if slices.Contains(sums, w) || slices.Contains(sums, strings.TrimSuffix(w, "s")) {
			return true
		}
	}
	return false
}

var sums = strings.Fields("amount total count sales sale revenue cost qty quantity quantitie volume population")

// isShare reports whether the values are parts of a whole.
func (f *Facts) isShare() bool {
	if f.Unit == "%" || strings.Contains(f.Name, "%") {
		return true
	}
	for _, w := range wordsOf(f.Name) {
		if slices.Contains([]string{"share", "percent", "percentage", "pct", "rate", "ratio", "mean", "average", "avg", "per"}, w) {
			return true
		}
	}
	return false
}

// isCurrency reports whether a unit is money: a sign, or a code of three
// capital letters.
func isCurrency(unit string) bool {
	if strings.ContainsAny(unit, "$€£¥₹₽₩₺₴") {
		return true
	}
	if len(unit) != 3 {
		return false
	}
	for _, r := range unit {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}

// wordsOf splits a name into its words, in lower case: "userId", "user_id" and
// "User ID" are user and id.
func wordsOf(name string) (words []string) {
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	last := ' '
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
		case unicode.IsUpper(r) && unicode.IsLower(last):
			end()
			word = append(word, r)
		default:
			word = append(word, r)
		}
		last = r
	}
	end()
	return words
}

func lastIs(words []string, any ...string) bool {
	return len(words) > 0 && slices.Contains(any, words[len(words)-1])
}
