package textfile

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Options say how a file is to be read, where that is not to be found out. The
// zero Options leave all of it to the file. What they say is never overridden.
type Options struct {
	delimiter string // one character; "" = found out
	decimal   byte   // '.' or ','; 0 = found out
	thousands string // a sign, " " for any space, "none"; "" = found out
	encoding  string
	header    string // "yes" or "no"
	skip      int
	comment   string // a sign, "none"; "" = "#"
	dates     readings
	format    string // "csv", "tsv", "json", "ndjson", "parquet", "arrow", "sqlite"
	table     string // of SQLite
	na        []string
	noMarkers bool
}

// Keys are the options in the order of the manual: flags of the commands and
// keys of a page's source.
var Keys = []string{"delimiter", "decimal", "thousands", "encoding", "header", "skip", "comment", "na", "dates", "format"}

// Set sets an option by its name. The error names the values that it takes.
func (o *Options) Set(key, value string) error {
	set, ok := map[string]func(string) bool{
		"delimiter": o.setDelimiter, "decimal": o.setDecimal, "thousands": o.setThousands,
		"encoding": o.setEncoding, "header": oneOf(&o.header, "yes", "no"), "skip": o.setSkip,
		"comment": o.setComment, "na": o.setNA, "dates": o.setDates, "format": o.setFormat,
	}[key]
	if !ok {
		return fmt.Errorf("there is no option %q: known are %s", key, strings.Join(Keys, ", "))
	}
	if !set(value) {
		return fmt.Errorf("%s is %s, not %q", key, takes(key), value)
	}
	return nil
}

// takes is the values of an option in words.
func takes(key string) string {
	switch key {
	case "delimiter":
		return `one character, "tab", "space" or "\x01"`
	case "decimal":
		return `"." or ","`
	case "thousands":
		return `one character, "space" or "none"`
	case "encoding":
		return "the name of an encoding, such as utf-8, windows-1252, shift-jis or utf-16le"
	case "header":
		return "yes or no"
	case "skip":
		return "a count of lines, 0 or more"
	case "comment":
		return `one character or "none"`
	case "na":
		return "a list with commas between"
	case "dates":
		return "dmy, mdy or ymd"
	}
	return "csv, tsv, json, ndjson, parquet, arrow or sqlite:TABLE"
}

func oneOf(to *string, allowed ...string) func(string) bool {
	return func(value string) bool {
		for _, a := range allowed {
			if a == value {
				*to = value
				return true
			}
		}
		return false
	}
}

// single reports whether value is one ASCII character that can split cells.
func single(value string) bool {
	return len(value) == 1 && value[0] < utf8.RuneSelf && !strings.Contains("\r\n\"\x00", value)
}

func (o *Options) setDelimiter(value string) bool {
	if named, ok := map[string]string{"tab": "\t", `\t`: "\t", "space": " ", `\x01`: "\x01"}[value]; ok {
		value = named
	}
	o.delimiter = value
	return single(value)
}

func (o *Options) setDecimal(value string) bool {
	if value != "." && value != "," {
		return false
	}
	o.decimal = value[0]
	return true
}

func (o *Options) setThousands(value string) bool {
	switch value {
	case "space", "\u00a0", "\u202f", "\u2009":
		value = " "
	case "’":
		value = "'"
	}
	o.thousands = value
	return value == "none" || len(value) == 1 && strings.Contains(".,_' ", value)
}

func (o *Options) setSkip(value string) bool {
	n, err := strconv.Atoi(value)
	o.skip = n
	return err == nil && n >= 0
}

func (o *Options) setComment(value string) bool {
	o.comment = value
	return value == "none" || single(value)
}

func (o *Options) setNA(value string) bool {
	o.na, o.noMarkers = nil, value == ""
	for _, m := range strings.Split(value, ",") {
		if m = strings.TrimSpace(m); m != "" {
			o.na = append(o.na, m)
		}
	}
	return true
}

func (o *Options) setDates(value string) bool {
	order, ok := map[string]readings{"dmy": dayFirst, "mdy": monthFirst, "ymd": yearFirst}[value]
	o.dates = order
	return ok
}

func (o *Options) setFormat(value string) bool {
	o.format, o.table, _ = strings.Cut(value, ":")
	switch o.format {
	case "csv", "tsv", "json", "ndjson", "parquet", "arrow":
		return !strings.Contains(value, ":")
	}
	return o.format == "sqlite"
}

func (o *Options) setEncoding(value string) bool {
	o.encoding = encodingName(value)
	return o.encoding != ""
}

// reads are the readings of numbers that the options leave.
func (o *Options) reads() (left readings) {
	left = anyReading
	switch o.decimal {
	case '.':
		left &= pointDecimal
	case ',':
		left &= commaDecimal
	}
	none := grouped(0)
	switch o.thousands {
	case "":
	case "none":
		left &= none
	default:
		left &= grouped(o.thousands[0]) | none
		if o.thousands == "." {
			left &= commaDecimal
		}
		if o.thousands == "," {
			left &= pointDecimal
		}
	}
	return left
}

// orders are the orders of dates that the options leave.
func (o *Options) orders() readings {
	if o.dates == 0 {
		return anyOrder
	}
	return o.dates
}

// classifier tells cells apart as the options say.
func (o *Options) classifier() *classifier { return newClassifier(o.na, o.noMarkers) }

// commentSign is what begins a comment line; 0 = nothing does.
func (o *Options) commentSign() byte {
	switch o.comment {
	case "":
		return '#'
	case "none":
		return 0
	}
	return o.comment[0]
}

// Get returns an option as Set takes it, and whether it was set.
func (o *Options) Get(key string) (value string, set bool) {
	switch key {
	case "delimiter":
		if value = o.delimiter; value == "\t" {
			value = "tab"
		} else if value == "\x01" {
			value = `\x01`
		}
	case "decimal":
		if o.decimal != 0 {
			value = string(o.decimal)
		}
	case "thousands":
		value = o.thousands
	case "encoding":
		value = o.encoding
	case "header":
		value = o.header
	case "skip":
		if o.skip > 0 {
			value = strconv.Itoa(o.skip)
		}
	case "comment":
		value = o.comment
	case "na":
		return strings.Join(o.na, ","), o.na != nil || o.noMarkers
	case "dates":
		value = map[readings]string{dayFirst: "dmy", monthFirst: "mdy", yearFirst: "ymd"}[o.dates]
	case "format":
		if value = o.format; o.table != "" {
			value += ":" + o.table
		}
	}
	return value, value != ""
}
