using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Settings.Tests.Loading;

/// <summary>Whatever the file holds: settings, or mistakes with a place.</summary>
public sealed class HostileTextProperties
{
    private const string Valid =
        "# sample\nlogs:\n  level: DEBUG # x\n  filters:\n    maxMessageLength: 100\n    excludePatterns:\n      - 'a b'\n      - \"c\\n\"\nauth: {token: |\n  x}\nenabled: &a true\n";

    private static readonly Gen<string> Put = Gen.Elements(
        "", "[", "]", "{", "}", "\"", "'", "\t", "\n", ": ", "- ", "? ", "*a", "&a ", "!!x ", "|", ">", "%", "@", "\0", "\ud800", "---\n", "...\n", "\u2028", "#");

    [Fact]
    public void Mutated_files_are_read_or_refused_with_a_place() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(Mutated().ToArbitrary(), text =>
        {
            try
            {
                YamlReader.Read(text);
                return true;
            }
            catch (YamlSyntaxException error)
            {
                return error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0;
            }
        }));

    private static Gen<string> Mutated() =>
        from first in Gen.Choose(0, Valid.Length)
        from second in Gen.Choose(0, Valid.Length)
        from cut in Gen.Choose(0, 5)
        from one in Put
        from other in Put
        select Replaced(Replaced(Valid, first, cut, one), second, 0, other);

    private static string Replaced(string text, int at, int length, string put)
    {
        int start = Math.Min(at, text.Length);
        return text[..start] + put + text[Math.Min(start + length, text.Length)..];
    }
}
