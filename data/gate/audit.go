package gate

import (
	"io"
	"net/netip"
	"strconv"
	"sync"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// audit writes a line for each request. It may be used by several goroutines.
type audit struct {
	mu sync.Mutex
	w  io.Writer // nil = nothing is written
}

// entry is what is written of a request: neither a token nor a figure.
type entry struct {
	at       time.Time
	peer     netip.Addr
	method   string
	path     string // as it was written, without the query
	page     string
	frame    string
	verdict  string
	status   int
	sub, jti string
	inputs   []loggedInput
	rows     int
	bytes    int64
	took     time.Duration
}

// loggedInput is an input of a request: what was chosen, or of free text how
// long it is.
type loggedInput struct {
	name   string
	values []string
	length int
	free   bool
}

// write writes a line of JSON whose characters are all ASCII.
func (a *audit) write(e entry) error {
	if a.w == nil {
		return nil
	}
	line := append(make([]byte, 0, 256), `{"time":`...)
	line = appendASCII(line, e.at.UTC().Format("2006-01-02T15:04:05.000Z"))
	text := func(name, value string) {
		if value != "" {
			line = appendASCII(append(line, `,"`+name+`":`...), shorten(value, 200))
		}
	}
	text("peer", e.peer.String())
	text("method", e.method)
	text("path", e.path)
	text("page", e.page)
	text("frame", e.frame)
	text("verdict", e.verdict)
	line = strconv.AppendInt(append(line, `,"status":`...), int64(e.status), 10)
	text("sub", e.sub)
	text("jti", e.jti)
	line = appendInputs(line, e.inputs)
	line = strconv.AppendInt(append(line, `,"rows":`...), int64(e.rows), 10)
	line = strconv.AppendInt(append(line, `,"bytes":`...), e.bytes, 10)
	line = strconv.AppendInt(append(line, `,"ms":`...), e.took.Milliseconds(), 10)
	line = append(line, "}\n"...)
	a.mu.Lock()
	defer a.mu.Unlock()
	_, err := a.w.Write(line)
	return err
}

// mostLogged bounds the values of an input that are written.
const mostLogged = 20

func appendInputs(line []byte, inputs []loggedInput) []byte {
	if len(inputs) == 0 {
		return line
	}
	line = append(line, `,"inputs":{`...)
	for i, in := range inputs {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(appendASCII(line, in.name), ':')
		if in.free {
			line = strconv.AppendInt(line, int64(in.length), 10)
			continue
		}
		line = append(line, '[')
		for k, v := range in.values[:min(len(in.values), mostLogged)] {
			if k > 0 {
				line = append(line, ',')
			}
			line = appendASCII(line, shorten(v, 100))
		}
		line = append(line, ']')
	}
	return append(line, '}')
}

// appendASCII writes text as a JSON string of ASCII characters.
func appendASCII(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	unit := func(u uint16) { dst = append(dst, '\\', 'u', hex[u>>12], hex[u>>8&15], hex[u>>4&15], hex[u&15]) }
	dst = append(dst, '"')
	for len(s) > 0 {
		c, n := utf8.DecodeRuneInString(s)
		s = s[n:]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', byte(c))
		case c >= ' ' && c < 0x7f:
			dst = append(dst, byte(c))
		case c > 0xffff:
			a, b := utf16.EncodeRune(c)
			unit(uint16(a))
			unit(uint16(b))
		default:
			unit(uint16(c))
		}
	}
	return append(dst, '"')
}
