//go:build !unix

package source

// nonblock lets the opening of a pipe return at once, where there are pipes.
const nonblock = 0
