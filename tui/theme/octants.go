package theme

import (
	"strconv"
	"strings"
)

// octants are the terminals that draw octants themselves, whatever their font,
// and the versions that began to.
var octants = map[string][]int{
	"kitty":   {0, 40},
	"ghostty": {1, 2},
	"foot":    {1, 20},
	"VTE":     {0, 78},
}

// DrawsOctants reports whether the terminal that calls itself so in its answer
// to XTVERSION, such as `kitty(0.40.1)` or `ghostty 1.2.0`, draws octants.
func DrawsOctants(version string) bool {
	end := strings.IndexAny(version, " (")
	if end < 0 {
		return false
	}
	least, known := octants[version[:end]]
	return known && !older(numbers(version[end+1:]), least)
}

// numbers reads the start of a version: `0.40.1`, or `7802` for 0.78.2.
func numbers(text string) []int {
	var list []int
	for text != "" {
		digits := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if digits < 0 {
			digits = len(text)
		}
		n, err := strconv.Atoi(text[:digits])
		if err != nil {
			break
		}
		list = append(list, n)
		rest, more := strings.CutPrefix(text[digits:], ".")
		if !more {
			break
		}
		text = rest
	}
	if len(list) == 1 && list[0] >= 1000 {
		return []int{list[0] / 10000, list[0] / 100 % 100, list[0] % 100}
	}
	return list
}

// older reports whether version a is before b; a missing number is before 0.
func older(a, b []int) bool {
	for i, n := range b {
		if i >= len(a) || a[i] != n {
			return i >= len(a) || a[i] < n
		}
	}
	return false
}
