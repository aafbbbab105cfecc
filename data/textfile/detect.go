package textfile

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// bom is the encoding that a byte order mark names, and the mark's size.
func bom(head []byte) (name string, size int) {
	switch {
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		return "utf-8", 3
	case bytes.HasPrefix(head, []byte{0xff, 0xfe, 0, 0}):
		return "utf-32le", 4
	case bytes.HasPrefix(head, []byte{0, 0, 0xfe, 0xff}):
		return "utf-32be", 4
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return "utf-16le", 2
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return "utf-16be", 2
	}
	return "", 0
}

// wide is the encoding of a text in UTF-16 without a byte order mark: NULs
// stand at odd or at even places alone, two or more, and read so it has line
// ends and no control characters. Else it is "".
func wide(head []byte) string {
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i&1]++
		}
	}
	name, order := "", binary.ByteOrder(nil)
	switch {
	case nul[0]+nul[1] < 2:
		return ""
	case nul[0] == 0:
		name, order = "utf-16le", binary.LittleEndian
	case nul[1] == 0:
		name, order = "utf-16be", binary.BigEndian
	default:
		return ""
	}
	ends := false
	for i := 0; i+1 < len(head); i += 2 {
		u := order.Uint16(head[i:])
		ends = ends || u == '\n' || u == '\r'
		if u < ' ' && u != '\t' && u != '\n' && u != '\r' {
			return ""
		}
	}
	if !ends {
		return ""
	}
	return name
}

// census counts what tells encodings apart in a text that is not valid UTF-8.
type census struct {
	carry    []byte // bytes of a character that the block ended in
	line     int    // of the next byte
	badLine  int    // of the first bad byte
	valid    int    // sequences of UTF-8 of two bytes and more
	bad      int    // bytes that are no UTF-8
	high     int    // bytes from 0x80 on
	cyrillic int    // of them those that windows-1251 has letters for
	runs     int    // runs of high bytes
	inRun    bool
	sjis     pairs
	korean   pairs
	chinese  pairs
}

// pairs follows one encoding of one or two bytes a character.
type pairs struct {
	lead    byte // of a pair that is not complete
	invalid bool
	chars   int // that are not ASCII
	typical int // of them those that its texts mostly have
	half    int // half-width kana
	more    int // bytes of a four-byte character that are left
}

// add counts a block.
func (c *census) add(block []byte) {
	text := append(c.carry, block...)
	c.carry = nil
	for i := 0; i < len(text); {
		b := text[i]
		if b < utf8.RuneSelf {
			if b == '\n' {
				c.line++
			}
			c.byte(b)
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			if !utf8.FullRune(text[i:]) && len(block) > 0 && len(text)-i < utf8.UTFMax {
				c.carry = append([]byte(nil), text[i:]...)
				return
			}
			if c.bad == 0 {
				c.badLine = c.line + 1
			}
			c.bad++
		} else {
			c.valid++
		}
		for _, b := range text[i : i+n] {
			c.byte(b)
		}
		i += n
	}
}

// end counts what add has held back.
func (c *census) end() {
	rest := c.carry
	c.carry = nil
	for _, b := range rest {
		if c.bad == 0 {
			c.badLine = c.line + 1
		}
		c.bad++
		c.byte(b)
	}
}

// byte counts one byte for the encodings that are not UTF-8.
func (c *census) byte(b byte) {
	if b >= 0x80 {
		c.high++
		if b >= 0xc0 || b == 0xa8 || b == 0xb8 {
			c.cyrillic++
		}
		if !c.inRun {
			c.runs++
		}
	}
	c.inRun = b >= 0x80
	if b >= 0x80 || c.sjis.lead != 0 {
		c.sjis.shiftJIS(b)
	}
	if b >= 0x80 || c.korean.lead != 0 {
		c.korean.eucKR(b)
	}
	if b >= 0x80 || c.chinese.lead != 0 || c.chinese.more > 0 {
		c.chinese.gb18030(b)
	}
}

func (p *pairs) shiftJIS(b byte) {
	if p.lead == 0 {
		switch {
		case b >= 0xa1 && b <= 0xdf:
			p.chars++
			p.half++
		case b >= 0x81 && b <= 0x9f || b >= 0xe0 && b <= 0xfc:
			p.lead = b
		default:
			p.invalid = true
		}
		return
	}
	lead := p.lead
	p.lead = 0
	if b < 0x40 || b == 0x7f || b > 0xfc {
		p.invalid = true
		return
	}
	p.chars++
	if lead >= 0x81 && lead <= 0x83 || lead >= 0x88 && lead <= 0x9f || lead >= 0xe0 && lead <= 0xea {
		p.typical++ // signs, full-width letters, kana, kanji
	}
}

func (p *pairs) eucKR(b byte) {
	if p.lead == 0 {
		p.lead = b
		p.invalid = p.invalid || b < 0x81 || b > 0xfe
		return
	}
	lead := p.lead
	p.lead = 0
	p.invalid = p.invalid || b < 0x41 || b == 0xff || b > 0x5a && b < 0x61 || b > 0x7a && b < 0x81
	p.chars++
	if lead >= 0xb0 && lead <= 0xc8 && b >= 0xa1 {
		p.typical++
	}
}

func (p *pairs) gb18030(b byte) {
	if p.more > 0 {
		p.more--
		if p.more == 1 {
			p.invalid = p.invalid || b < 0x81 || b > 0xfe
		} else {
			p.invalid = p.invalid || b < '0' || b > '9'
			p.chars++
		}
		return
	}
	if p.lead == 0 {
		p.lead = b
		p.invalid = p.invalid || b < 0x81 || b > 0xfe
		return
	}
	lead := p.lead
	p.lead = 0
	if b >= '0' && b <= '9' {
		p.more = 2
		return
	}
	p.invalid = p.invalid || b < 0x40 || b == 0x7f || b > 0xfe
	p.chars++
	if b >= 0xa1 && (lead >= 0xb0 && lead <= 0xd7 || lead >= 0xa1 && lead <= 0xa3) {
		p.typical++
	}
}

// share reports whether at least so many in a hundred characters are typical.
func (p *pairs) share(percent int) bool {
	return !p.invalid && p.lead == 0 && p.more == 0 && p.chars > 0 && p.typical*100 >= p.chars*percent
}

// encodings are those that the counts allow, the most probable first. The
// first that decodes without an error is right; the last always does.
func (c *census) encodings() (out []string) {
	if c.bad == 0 || c.valid >= 10*c.bad {
		return []string{"utf-8"}
	}
	if c.sjis.share(70) && c.sjis.half*100 < c.sjis.chars*30 {
		out = append(out, "shift-jis")
	}
	if c.korean.share(90) && c.korean.typical >= 4 {
		out = append(out, "euc-kr")
	}
	if c.chinese.share(60) {
		out = append(out, "gbk")
	}
	if c.cyrillic*10 >= c.high*9 && c.high >= 3*c.runs {
		out = append(out, "windows-1251")
	}
	return append(out, "windows-1252")
}
