namespace Flatnet.Logs.Tests.Entries;

public sealed class TaskIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("build:42_a.b")]
    [InlineData("Status")]
    [InlineData("...")]
    public void Letters_digits_and_four_signs_name_a_task(string id) => Assert.True(TaskId.IsValid(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("status")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\0")]
    [InlineData("é")]
    [InlineData("a%2Fb")]
    public void Anything_else_does_not(string? id) => Assert.False(TaskId.IsValid(id));

    [Fact]
    public void An_ID_has_at_most_128_characters()
    {
        Assert.True(TaskId.IsValid(new string('a', 128)));
        Assert.False(TaskId.IsValid(new string('a', 129)));
    }
}
