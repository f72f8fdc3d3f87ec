using System.Text.RegularExpressions;

namespace Flatnet.Logs;

/// <summary>Where in a line a level may stand.</summary>
internal static partial class LevelPatterns
{
    private const string Upper =
        "(?:TRACE|VERBOSE|VRB|DEBUG|DBG|INFO|INF|INFORMATION|NOTICE|WARN|WARNING|WRN|ERROR|ERR|FATAL|CRIT|CRITICAL|SEVERE|PANIC|EMERG)";

    // Short forms that are seen at the start of a line only: logrus cuts to four letters, .NET has its own.
    private const string UpperFirst =
        "(?:TRACE|TRCE|TRC|VERBOSE|VRB|DEBUG|DEBU|DBG|INFO|INF|INFORMATION|NOTICE|WARN|WARNING|WRN|ERROR|ERRO|ERR|FAIL|FATAL|FATA|FTL|CRIT|CRITICAL|SEVERE|PANIC|PANI|ALERT|EMERG)";

    private const string AnyFirst =
        "(?:[Tt]race|trce|[Vv]erbose|[Dd]ebug|dbug|[Ii]nfo|[Ii]nformation|[Nn]otice|[Nn]ote|[Ww]arn|[Ww]arning|[Ee]rror|[Ee]rr|fail|[Ff]atal|[Cc]rit|[Cc]ritical|[Ss]evere|panic|[Aa]lert|[Ee]merg)";

    private const string Month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

    private const string Date =
        @"(?:[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[0-9]{1,2}[ /-]" + Month + @"[ /-][0-9]{2,4}|"
        + Month + @" {1,2}[0-9]{1,2}(?:,? [0-9]{4})?)";

    private const string Clock = @"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,:][0-9]{1,9})?(?: ?[AP]M)?)";

    private const string Zone = @"(?:Z| ?[+-][0-9]{2}:?[0-9]{2}| UTC| GMT| [A-Z]{2,4}T)?";

    // Also an opening bracket before it, and whatever divides it from the text.
    [GeneratedRegex(
        @"\A[\[(<{]?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:" + Date + "(?:[T :]| - )" + Clock + Zone + "|" + Clock + Zone + "|" + Date
        + @"|[0-9]{10}(?:[0-9]{3,9}|\.[0-9]{1,9})?)(?: [0-9]{4})?(?=[^0-9A-Za-z]|\z)[\])>}]?[ \t|:,-]*",
        RegexOptions.CultureInvariant)]
    public static partial Regex Timestamp();

    // Capitals before anything that is no part of a word; small letters only where a label ends, not a sentence's first word.
    [GeneratedRegex(
        @"\A(?:" + UpperFirst + @"(?![A-Za-z0-9_])|" + AnyFirst + @"(?=\z|[:|\])>!\t]|  | [-:|]|\[[0-9A-Z]))",
        RegexOptions.CultureInvariant)]
    public static partial Regex FirstWord();

    [GeneratedRegex(@"\A[EWIDF][0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}", RegexOptions.CultureInvariant)]
    public static partial Regex Klog();

    [GeneratedRegex(@"\A[EWIDF], \[[0-9]{4}-", RegexOptions.CultureInvariant)]
    public static partial Regex RubyLetter();

    [GeneratedRegex(@"\A<[0-9]{1,3}>", RegexOptions.CultureInvariant)]
    public static partial Regex SyslogPriority();

    // [ERROR], [E], [proxy:error], <info> before a blank.
    [GeneratedRegex(
        @"\[ ?(?:[a-z][a-z0-9_]*:)?(?:" + UpperFirst + "|" + AnyFirst + @"|[TDIWEF]) *\]|<(?:trace|debug|info|warn|error)> ", RegexOptions.CultureInvariant)]
    public static partial Regex Bracketed();

    // main.c:3:5: error: text, npm warn text, PHP Fatal error: text
    [GeneratedRegex(
        @"\A(?:[^ :]+(?::[0-9]+)+: (?:fatal )?(?:error|warning|note)(?=:)|gcc: (?:fatal )?error(?=:)|npm (?:error|warn|notice)(?= )|PHP (?:Warning|Notice|(?:Fatal|Parse) error)(?=:))",
        RegexOptions.CultureInvariant)]
    public static partial Regex Tool();

    // root:ERROR text, production.ERROR: text, [Server thread/WARN]: text
    [GeneratedRegex(@"(?<=[A-Za-z0-9_)\]][:./])" + Upper + @"(?=[ \]:])", RegexOptions.CultureInvariant)]
    public static partial Regex AfterName();

    [GeneratedRegex("\"" + Upper + "\"", RegexOptions.CultureInvariant)]
    public static partial Regex Quoted();

    [GeneratedRegex(@"(?<![^ \t])" + Upper + @"(?=[ \t]|[:!](?:[ \t]|\z)|\z)", RegexOptions.CultureInvariant)]
    public static partial Regex Alone();
}
