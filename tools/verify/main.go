// Verify checks a certified decision as docs/verify.md says, from that paper and Go's library alone:
//
//	go run ./tools/verify [-trusted-key X] [-receipt FILE] FOLDER
//	go run ./tools/verify [-trusted-key X] [-receipt FILE] https://vote.example.org DECISION
//
// It ends with 0 if nothing is wrong, 1 if something is, 2 if nothing could be verified. Of a
// requirement it checks whether it is met and what was compared, not the words and units beside.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"time"
	"unicode/utf8"
)

const (
	hexDigits = `([0-9a-f]{64})`
	text      = `("(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")`
	bare      = `^{"ballot_hash":"` + hexDigits + `"`
	open      = bare + `,"choice":"(yes|no|abstain)","k":"` + hexDigits + `","c":"` + hexDigits + `",`
	shown     = `"region":` + text + `,"weight":([1-9][0-9]{0,15}),"u":"` + hexDigits + `"`
	hidden    = `"region":(null),"weight":(null),"u":(null)`
	named     = `,"name":(?:null|` + text + `),"statement":(?:null|` + text + `),"accepted_at":"[ !#-\[\]-~]{24}"`
)

var forms = map[string]*regexp.Regexp{
	"aggregate":    regexp.MustCompile(bare + `}$`),
	"pseudonymous": regexp.MustCompile(open + `(?:` + shown + `|` + hidden + `)}$`),
	"roll_call":    regexp.MustCompile(open + shown + named + `}$`),
}

var parts = map[string]string{
	"outcome.json":   "/api/v1/decisions/%s/outcome",
	"keys.json":      "/.well-known/enviro-governance/keys",
	"manifest.json":  "/api/v1/decisions/%s/manifest",
	"counted.ndjson": "/api/v1/decisions/%s/export?format=ndjson&list=counted",
	"others.ndjson":  "/api/v1/decisions/%s/export?format=ndjson&list=others",
}

var choices = []string{"yes", "no", "abstain"}

type row struct {
	hash, choice, region string
	weight               *big.Int // nil where region and weight are hidden
}

type verifier struct {
	decision  string // asked for; "" takes the outcome's
	trusted   string
	wrong     int
	outcome   object
	manifest  object // nil where it is malformed
	regions   []string
	keys      map[string]string
	rows      map[string][]row
	shownOnly bool // every counted row shows region and weight
	found     map[string]bool
}

func main() {
	trusted := flag.String("trusted-key", "", "the public key that must have signed, in base64url")
	receipt := flag.String("receipt", "", "a receipt's text file to look for")
	flag.Parse()
	files, err := readParts(flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "not verified:", err)
		os.Exit(2)
	}
	v := &verifier{decision: flag.Arg(1), trusted: *trusted, rows: map[string][]row{}, found: map[string]bool{}}
	if isCertified := v.verify(files); !isCertified {
		fmt.Fprintln(os.Stderr, "not verified: the decision is not certified")
		os.Exit(2)
	}
	if *receipt != "" {
		v.checkReceipt(*receipt)
	}
	if v.wrong > 0 {
		os.Exit(1)
	}
	if v.isRehearsal() {
		fmt.Println("rehearsal: its results never count")
	}
	fmt.Printf("nothing is wrong: %d counted ballots, %d others, %v\n", len(v.rows["counted"]), len(v.rows["others"]), v.outcome["outcome"])
}

func readParts(args []string) (map[string][]byte, error) {
	if len(args) != 1 && len(args) != 2 {
		return nil, fmt.Errorf("name a folder, or an address and a decision")
	}
	files := map[string][]byte{}
	for name, path := range parts {
		var content []byte
		var err error
		if len(args) == 1 {
			content, err = os.ReadFile(filepath.Join(args[0], name))
		} else {
			if name != "keys.json" {
				path = fmt.Sprintf(path, url.PathEscape(args[1]))
			}
			content, err = download(args[0] + path)
		}
		if err != nil {
			return nil, err
		}
		files[name] = content
	}
	return files, nil
}

func download(address string) ([]byte, error) {
	answer, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, answer.Status)
	}
	return io.ReadAll(answer.Body)
}

func (v *verifier) fail(code, format string, args ...any) {
	v.wrong++
	v.found[code] = true
	fmt.Printf("wrong: %s %s\n", code, fmt.Sprintf(format, args...))
}

// verify runs every check; false where the decision is not certified.
func (v *verifier) verify(files map[string][]byte) bool {
	outcome, err := parseObject(files["outcome.json"])
	if err == nil && outcome["publication"] == nil && outcome["signature"] == nil {
		return false
	}
	if err != nil || !isOutcome(outcome) {
		v.fail("outcome.malformed", "%v", err)
		return true
	}
	v.outcome = outcome
	if v.decision != "" && outcome["decision_id"] != v.decision {
		v.fail("outcome.other_decision", "%v", outcome["decision_id"])
	}
	v.readKeys(files["keys.json"])
	v.checkSignature()
	v.readManifest(files["manifest.json"])
	disclosure := "pseudonymous"
	publication := outcome.in("publication")
	if v.manifest != nil {
		disclosure = v.manifest["disclosure"].(string)
	} else if publication["rows_root"] != nil {
		disclosure = "roll_call"
	}
	v.readList("counted", disclosure, files["counted.ndjson"])
	v.readList("others", "aggregate", files["others.ndjson"])
	v.checkOverlap()
	if disclosure != "aggregate" {
		v.checkCells(publication["shown_cells"])
	}
	v.checkTallies(disclosure)
	if v.manifest != nil {
		v.checkRule(disclosure)
	}
	return true
}

func (v *verifier) readKeys(content []byte) {
	v.keys = map[string]string{}
	set, err := parseObject(content)
	list, isList := set["keys"].([]any)
	found := map[string]string{}
	for _, each := range list {
		key, _ := each.(object)
		kid, hasKid := key["kid"].(string)
		x, hasX := key["x"].(string)
		if key["kty"] != "OKP" || key["crv"] != "Ed25519" || !hasKid || !hasX {
			isList = false
		} else if _, isKnown := found[kid]; !isKnown {
			found[kid] = x
		}
	}
	if err != nil || !isList {
		v.fail("keys.malformed", "")
		return
	}
	v.keys = found
}

func (v *verifier) checkSignature() {
	signature, _ := v.outcome["signature"].(object)
	keyID, hasKey := signature["key_id"].(string)
	value, hasValue := signature["signature"].(string)
	if !hasKey || !hasValue {
		v.fail("outcome.unsigned", "")
		return
	}
	x, isPublished := v.keys[keyID]
	if !isPublished {
		v.fail("key.unknown", "%q", keyID)
		return
	}
	if v.trusted != "" && v.trusted != x {
		v.fail("key.other", "%s", x)
	}
	signed := object{}
	for name, member := range v.outcome {
		if name != "signature" {
			signed[name] = member
		}
	}
	if !isSigned(x, value, framed("enviro-governance/outcome/1", canonical(signed))) {
		v.fail("outcome.signature", "")
	}
}

func (v *verifier) readManifest(content []byte) {
	if hash := sha256.Sum256(content); hex.EncodeToString(hash[:]) != v.outcome["manifest_hash"] {
		v.fail("manifest.hash", "")
	}
	manifest, err := parseObject(content)
	if err != nil || !isManifest(manifest) {
		v.fail("manifest.malformed", "%v", err)
		return
	}
	v.manifest = manifest
	for _, region := range manifest["regions"].([]any) {
		v.regions = append(v.regions, region.(object)["code"].(string))
	}
	electorate := "null"
	for _, name := range []string{"electorateSize", "roll"} {
		if size, ok := manifest[name].(object); ok {
			electorate = canonical(electorateOf(size))
		}
	}
	if manifest["decisionId"] != v.outcome["decision_id"] {
		v.fail("outcome.contradicts", "decision_id")
	}
	if canonical(manifest["rule"]) != canonical(v.outcome["rule"]) {
		v.fail("outcome.contradicts", "rule")
	}
	if electorate != canonical(v.outcome["electorate"]) {
		v.fail("outcome.contradicts", "electorate")
	}
	if (manifest["rehearsal"] == true) != (v.outcome["rehearsal"] == true) {
		v.fail("outcome.contradicts", "rehearsal")
	}
	if title, ok := manifest["title"].(string); ok && v.outcome["title"] != title {
		v.fail("outcome.contradicts", "title")
	}
	if opens, ok := manifest["opensAt"].(json.Number); ok && v.outcome["opened_at"] != isoTime(opens) {
		v.fail("outcome.contradicts", "opened_at")
	}
	for region := range v.signedRegions() {
		if !v.knows(region) {
			v.fail("outcome.contradicts", "region %q", region)
		}
	}
}

// isRehearsal tells whether the manifest says that its results never count.
func (v *verifier) isRehearsal() bool {
	return v.manifest != nil && v.manifest["rehearsal"] == true
}

// isoTime writes milliseconds since 1970 as ISO 8601 in UTC.
func isoTime(milliseconds json.Number) string {
	read, _ := milliseconds.Int64()
	return time.UnixMilli(read).UTC().Format("2006-01-02T15:04:05.000Z")
}

// knows tells whether a region is one of the manifest's, which is "" where there are none.
func (v *verifier) knows(region string) bool {
	for _, each := range v.regions {
		if each == region {
			return true
		}
	}
	return len(v.regions) == 0 && region == ""
}

func (v *verifier) readList(list, form string, content []byte) {
	var hashes, lines [][]byte
	before := ""
	for number := 1; len(content) > 0; number++ {
		line, rest, isWhole := bytes.Cut(content, []byte("\n"))
		content = rest
		lines = append(lines, line)
		match := forms[form].FindSubmatch(line)
		if !isWhole || match == nil || !utf8.Valid(line) || !v.addRow(list, form, number, match) {
			v.fail("row.malformed", "%s row %d", list, number)
			continue
		}
		hash := string(match[1])
		if hash == before {
			v.fail("list.duplicate", "%s row %d %s", list, number, hash)
		} else if hash < before {
			v.fail("list.order", "%s row %d %s", list, number, hash)
		}
		before = hash
		raw, _ := hex.DecodeString(hash)
		hashes = append(hashes, raw)
	}
	publication := v.outcome.in("publication")
	signed := publication.in(list)
	if signed["size"] != number(len(hashes)) {
		v.fail("list.size", "%s: %d rows, signed %v", list, len(hashes), signed["size"])
	}
	if hex.EncodeToString(merkleRoot(hashes)) != signed["root"] {
		v.fail("list.root", "%s", list)
	}
	if root := publication["rows_root"]; list == "counted" && root != nil && hex.EncodeToString(merkleRoot(lines)) != root {
		v.fail("list.rows_root", "")
	}
}

// addRow checks what a row says of itself; false where its weight is too large to be one.
func (v *verifier) addRow(list, form string, number int, match [][]byte) bool {
	found := row{hash: string(match[1])}
	if form == "aggregate" {
		v.rows[list] = append(v.rows[list], found)
		return true
	}
	found.choice = string(match[2])
	k, c := fromHex(match[3]), fromHex(match[4])
	isShown := len(match[7]) > 0 && string(match[5]) != "null"
	if isShown {
		found.region, _ = parseText(match[5])
		found.weight, _ = new(big.Int).SetString(string(match[6]), 10)
		if found.weight.BitLen() > 53 {
			return false
		}
		weight := binary.BigEndian.AppendUint64(nil, found.weight.Uint64())
		cell := sha256.Sum256(append(fromHex(match[7]), framed(found.region, string(weight))...))
		if !bytes.Equal(cell[:], c) {
			v.fail("ballot.cell", "%s row %d %s", list, number, found.hash)
		}
		if v.manifest != nil && !v.knows(found.region) {
			v.fail("ballot.region", "%s row %d %s", list, number, found.hash)
		}
	}
	id := v.outcome["decision_id"].(string)
	hash := sha256.Sum256(framed("enviro-governance/ballot/1", id, found.choice, string(k), string(c)))
	if hex.EncodeToString(hash[:]) != found.hash {
		v.fail("ballot.hash", "%s row %d %s", list, number, found.hash)
	}
	v.rows[list] = append(v.rows[list], found)
	return true
}

func (v *verifier) checkOverlap() {
	counted := map[string]bool{}
	for _, each := range v.rows["counted"] {
		counted[each.hash] = true
	}
	for _, each := range v.rows["others"] {
		if counted[each.hash] {
			v.fail("list.overlap", "%s", each.hash)
		}
	}
}

func (v *verifier) checkCells(signed any) {
	cells, isSigned := signed.([]any)
	if !isSigned {
		return
	}
	voters := map[string]int64{}
	for _, each := range v.rows["counted"] {
		if each.weight != nil {
			voters[canonical([]any{each.region, number(each.weight)})]++
		}
	}
	for _, each := range cells {
		cell := each.(object)
		name := canonical([]any{cell["region"], cell["weight"]})
		if number(voters[name]) != cell["voters"] {
			v.fail("cells.count", "%s has %d rows, signed %v", name, voters[name], cell["voters"])
		}
		delete(voters, name)
	}
	left := make([]string, 0, len(voters))
	for name := range voters {
		left = append(left, name)
	}
	sort.Strings(left)
	for _, name := range left {
		v.fail("cells.count", "%s is not signed", name)
	}
}

func merkleRoot(entries [][]byte) []byte {
	if len(entries) == 0 {
		root := sha256.Sum256(nil)
		return root[:]
	}
	if len(entries) == 1 {
		root := sha256.Sum256(append([]byte{0}, entries[0]...))
		return root[:]
	}
	left := 1
	for left*2 < len(entries) {
		left *= 2
	}
	node := append([]byte{1}, merkleRoot(entries[:left])...)
	root := sha256.Sum256(append(node, merkleRoot(entries[left:])...))
	return root[:]
}

func framed(pieces ...string) []byte {
	var all []byte
	for _, piece := range pieces {
		all = binary.BigEndian.AppendUint32(all, uint32(len(piece)))
		all = append(all, piece...)
	}
	return all
}

func fromHex(digits []byte) []byte {
	raw, _ := hex.DecodeString(string(digits))
	return raw
}

// decode reads base64url in its one spelling.
func decode(spelled string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(spelled)
	return raw, err == nil && base64.RawURLEncoding.EncodeToString(raw) == spelled
}

func isSigned(x, signature string, message []byte) bool {
	key, hasKey := decode(x)
	value, hasValue := decode(signature)
	return hasKey && hasValue && len(key) == 32 && ed25519.Verify(key, message, value)
}
