using System.Text;
using Flatnet.Server.Storage.Blocks;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Server.Tests.Storage;

public sealed class MessageSearchTests
{
    private static readonly Gen<string> Words = Gen.Choose(0, 6).SelectMany(static length =>
        Gen.Elements('a', 'A', 'k', 'K', 's', 'S', 'i', 'I', '-', '@', '`', '\u212a', '\u017f', '\u0131', '\u0130', 'é', 'É', 'ß', 'か', '長').ArrayOf(length))
        .Select(static letters => new string(letters));

    [Fact]
    public void Bytes_are_searched_as_strings_are() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll((from message in Words from text in Words where text.Length is > 0 and < 4 select (message, text)).ToArbitrary(), static test =>
        {
            bool expected = test.message.Contains(test.text, StringComparison.OrdinalIgnoreCase);
            var search = new MessageSearch(test.text);
            byte[] bytes = Encoding.UTF8.GetBytes(test.message);
            Assert.Equal(expected, search.IsIn(bytes));
            Assert.True(search.CanBeIn(bytes) || !expected);
        }));
}
