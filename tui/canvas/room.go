package canvas

// room returns s with n elements of any value, in the memory that it has where
// that suits. After a window that was four times as large its memory is let
// go, so that one large window does not leave the program large.
func room[T any](s []T, n int) []T {
	if cap(s) < n || cap(s) > tooMuch(n) {
		return make([]T, n)
	}
	return s[:n]
}

// tooMuch is how many elements are more than n ones should keep: windows that
// are dragged about make no garbage, nor do small ones.
func tooMuch(n int) int { return max(4*n, 1<<14) }
