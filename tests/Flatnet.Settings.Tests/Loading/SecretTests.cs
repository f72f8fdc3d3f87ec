namespace Flatnet.Settings.Tests.Loading;

public sealed class SecretTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void A_secret_is_never_shown()
    {
        SettingValues values = _sample.Load("auth:\n  token: hunter2\n");
        Assert.Equal("hunter2", values.Text("auth.token"));
        Assert.DoesNotContain(values.All, value => value.ToString().Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal("***", Assert.Single(values.All, value => value.Key.IsSecret).Text);
    }

    [Fact]
    public void A_secret_that_nobody_gave_is_not_there() => Assert.Null(Assert.Single(_sample.Load().All, value => value.Key.IsSecret).Text);

    [Fact]
    public void A_variable_may_name_the_file_with_the_secret()
    {
        string file = _sample.Write("token", "hunter2\r\n");
        _sample.Variables["T_TOKEN_FILE"] = file;
        _sample.Variables["T_API_TOKEN"] = "other";
        SettingValues values = _sample.Load();
        Assert.Equal("hunter2", values.Text("auth.token"));
        Assert.Equal("variable T_TOKEN_FILE", values.Origin("auth.token"));
        Assert.Equal(file, values.SecretFile("auth.token"));
    }

    [Fact]
    public void The_file_may_name_a_file_beside_it_with_the_secret()
    {
        _sample.Write("token", " two words \n\n");
        SettingValues values = _sample.Load("auth:\n  tokenFile: token\n");
        Assert.Equal(" two words \n", values.Text("auth.token"));
        Assert.Equal($"{_sample.Path}:2", values.Origin("auth.token"));
    }

    [Fact]
    public void Only_a_secret_has_a_file_of_its_own() =>
        Assert.Equal(["config.yaml, line 1, column 1: 'enabledFile' is no setting"], _sample.Mistakes("enabledFile: x\n"));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("\n", "it is empty")]
    [InlineData(null, "Could not find file")]
    public void A_file_without_a_secret_is_a_mistake(string? content, string problem)
    {
        if (content is not null)
        {
            _sample.Write("token", content);
        }

        string mistake = Assert.Single(_sample.Mistakes("auth:\n  tokenFile: token\n"));
        Assert.StartsWith($"config.yaml, line 2, column 14: 'auth.tokenFile': the file token with the value cannot be read: {problem}", mistake, StringComparison.Ordinal);
    }
}
