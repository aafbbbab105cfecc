package prompt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/authtabs/tabgate/auth/fault"
)

// ErrNoAnswer is the end of the input in the place of an answer.
var ErrNoAnswer = errors.New("no answer was given")

// Ask shows a question on out and reads the answer from in: enter is no, as is
// any word but yes.
func Ask(ctx context.Context, in io.Reader, out io.Writer, question string) (yes bool, err error) {
	fmt.Fprint(out, question+" [y/N] ")
	type reply struct {
		line string
		err  error
	}
	read := make(chan reply, 1)
	fault.Go(func() {
		line, err := oneLine(in)
		read <- reply{line, err}
	})
	select {
	case <-ctx.Done():
		fmt.Fprintln(out)
		return false, ctx.Err()
	case r := <-read:
		word := strings.ToLower(strings.TrimSpace(r.line))
		if r.err != nil && word == "" {
			fmt.Fprintln(out)
			return false, ErrNoAnswer
		}
		return word == "y" || word == "yes", nil
	}
}
