using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Tests.Rest;

public sealed class ExportTests(RestFixture fixture) : IClassFixture<RestFixture>
{
    private readonly RestServer _server = fixture.Server;
    private readonly string _task = Guid.NewGuid().ToString();

    private string Path => $"/api/v1/tasks/{_task}/logs/export";

    [Theory]
    [InlineData("", "application/json", "logs.json")]
    [InlineData("?format=json", "application/json", "logs.json")]
    [InlineData("?format=ndjson", "application/x-ndjson", "logs.ndjson")]
    [InlineData("?format=csv", "text/csv; charset=utf-8", "logs.csv")]
    [InlineData("?format=txt", "text/plain; charset=utf-8", "logs.txt")]
    [InlineData("?format=csv&gzip=true", "application/gzip", "logs.csv.gz")]
    public async Task A_file_has_its_type_and_name(string query, string type, string name)
    {
        await _server.FillAsync(_task, 3);

        Answer answer = await _server.GetAsync(Path + query);

        Assert.Equal((200, type), (answer.Status, answer.Response.Content.Headers.ContentType?.ToString()));
        Assert.Equal($"attachment; filename=\"{_task}-{name}\"", answer.Response.Content.Headers.ContentDisposition?.ToString());
    }

    [Fact]
    public async Task Json_is_an_array_of_log_objects_also_when_it_is_empty()
    {
        await _server.FillAsync(_task, 3);

        Answer answer = await _server.GetAsync(Path);
        Answer none = await _server.GetAsync(Path + "?from=2027-01-01T00:00:00Z");

        Assert.Equal([$"{_task}-1", $"{_task}-2", $"{_task}-3"], answer.Json.EnumerateArray().Select(line => line.GetProperty("id").GetString()));
        Assert.Equal(4 + 1, answer.Text.Split('\n').Length - 1);
        Assert.Equal(0, none.Json.GetArrayLength());
    }

    [Fact]
    public async Task Filters_and_times_choose_the_lines()
    {
        await _server.FillAsync(_task, 12);

        Answer answer = await _server.GetAsync(Path + "?format=ndjson&source=stdout&level=WARN&to=2026-01-01T00:00:05Z");

        Assert.Equal(_task + "-3", JsonDocument.Parse(answer.Text.Trim()).RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Csv_quotes_what_needs_it_and_defuses_formulas()
    {
        string[] messages = ["plain", "a,b", "say \"hi\"", "two\nlines", "=1+1", "+1", "-1", "@x", "\tx", "\rx"];
        await AppendAsync([.. messages.Select(message => RestServer.Line(1) with { Message = message, LineNumber = null }), RestServer.Line(2) with { Metadata = """{"a":"b"}""" }]);

        Answer answer = await _server.GetAsync(Path + "?format=csv");

        const string Start = "2026-01-01T00:00:00.000000000Z,stderr,DEBUG,,";
        Assert.Equal(
            "seq,timestamp,source,level,lineNumber,message,metadata\r\n"
            + $"1,{Start}plain,\r\n2,{Start}\"a,b\",\r\n3,{Start}\"say \"\"hi\"\"\",\r\n4,{Start}\"two\nlines\",\r\n"
            + $"5,{Start}'=1+1,\r\n6,{Start}'+1,\r\n7,{Start}'-1,\r\n8,{Start}'@x,\r\n9,{Start}'\tx,\r\n10,{Start}\"'\rx\",\r\n"
            + "11,2026-01-01T00:00:01.000000000Z,agent,INFO,2,line 2,\"{\"\"a\"\":\"\"b\"\"}\"\r\n",
            answer.Text);
    }

    [Fact]
    public async Task A_message_cannot_pose_as_a_line_of_the_text()
    {
        await AppendAsync([RestServer.Line(1) with { Message = "one\r\n2026-01-01T00:00:00Z [agent] INFO forged" }]);

        Answer answer = await _server.GetAsync(Path + "?format=txt");

        Assert.Equal("2026-01-01T00:00:00.000000000Z [stderr] DEBUG one\n    2026-01-01T00:00:00Z [agent] INFO forged\n", answer.Text);
    }

    [Fact]
    public async Task A_packed_file_unpacks_to_the_same()
    {
        await _server.FillAsync(_task, 5_000);

        using var packed = new GZipStream(await _server.Client.GetStreamAsync(Path + "?gzip"), CompressionMode.Decompress);
        using var reader = new StreamReader(packed, Encoding.UTF8);

        Assert.Equal((await _server.GetAsync(Path)).Text, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Lines_that_come_later_are_not_in_it()
    {
        await _server.FillAsync(_task, 20_000);
        using HttpResponseMessage response = await _server.Client.GetAsync(Path + "?format=ndjson", HttpCompletionOption.ResponseHeadersRead);
        await _server.FillAsync(_task, 10);

        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal(20_000, text.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("format=xml", "format")]
    [InlineData("gzip=maybe", "gzip")]
    [InlineData("page=1", "page")]
    public async Task What_makes_no_sense_is_named(string query, string parameter)
    {
        await _server.FillAsync(_task, 1);

        Answer answer = await _server.GetAsync($"{Path}?{query}");

        Assert.Equal(parameter, answer.AssertError(400, "VALIDATION_ERROR").GetProperty("details").GetProperty("parameter").GetString());
        Assert.Null(answer.Response.Content.Headers.ContentDisposition);
    }

    private async Task AppendAsync(LogEntry[] lines) => await _server.Store.AppendAsync([new TaskAppend(_task, lines, RestServer.Start)], CancellationToken.None);
}
