package gate

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// preference is a header such as Accept as it was sent.
type preference map[string]float64

func preferred(r *http.Request, header string) preference {
	p := preference{}
	for _, list := range r.Header.Values(header) {
		for item := range strings.SplitSeq(list, ",") {
			name, params, _ := strings.Cut(item, ";")
			q := 1.0
			for param := range strings.SplitSeq(params, ";") {
				if v, ok := strings.CutPrefix(strings.TrimSpace(param), "q="); ok {
					if f, err := strconv.ParseFloat(v, 64); err == nil && f >= 0 && f <= 1 {
						q = f
					}
				}
			}
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
				p[name] = q
			}
		}
	}
	return p
}

// of is how much a type is wanted: 0 is not at all.
func (p preference) of(media string) float64 {
	if len(p) == 0 {
		return 1
	}
	group, _, _ := strings.Cut(media, "/")
	for _, name := range []string{media, group + "/*", "*/*"} {
		if q, ok := p[name]; ok {
			return q
		}
	}
	return 0
}

// form is the type in which figures are answered: csv unless JSON is wanted more.
func form(r *http.Request) (string, *problem) {
	p := preferred(r, "Accept")
	csv, json := p.of(wire.CSV), p.of(wire.JSON)
	switch {
	case csv == 0 && json == 0:
		return "", refuse(http.StatusNotAcceptable, "malformed", "Figures are given as "+wire.CSV+" and "+wire.JSON+".")
	case json > csv:
		return wire.JSON, nil
	}
	return wire.CSV, nil
}

// wantsJSON checks that a document may be answered, which is JSON.
func wantsJSON(r *http.Request) *problem {
	if preferred(r, "Accept").of(wire.JSON) == 0 {
		return refuse(http.StatusNotAcceptable, "malformed", "This is given as "+wire.JSON+".")
	}
	return nil
}

// coding is the compression of an answer: "zstd", "gzip" or "" for none.
func coding(r *http.Request) string {
	p := preferred(r, "Accept-Encoding")
	if len(p) == 0 {
		return ""
	}
	any := p["*"]
	q := func(name string) float64 {
		if v, ok := p[name]; ok {
			return v
		}
		return any
	}
	switch z, g := q("zstd"), q("gzip"); {
	case z == 0 && g == 0:
		return ""
	case z >= g:
		return "zstd"
	}
	return "gzip"
}

// compressor compresses what is written to it; Close writes the rest, Flush what
// there is.
type compressor interface {
	io.WriteCloser
	Flush() error
}

// compressed writes to w in a coding; nil for none.
func compressed(w io.Writer, coding string) (compressor, error) {
	switch coding {
	case "zstd":
		return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	case "gzip":
		return gzip.NewWriterLevel(w, gzip.BestSpeed)
	}
	return nil, nil
}
