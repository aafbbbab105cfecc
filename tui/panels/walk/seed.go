package walk

import "math/rand/v2"

// maxSeed is the digits of the greatest seed.
const maxSeed = 20

// chance returns a seed that is short enough to be read and typed.
func chance() uint64 { return rand.Uint64N(1_000_000) }

// digit takes the digits of what is typed: pasted text may bring separators
// along.
func digit(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

const seedTooGreat = "A seed is at most 18,446,744,073,709,551,615. Press backspace to shorten it."
