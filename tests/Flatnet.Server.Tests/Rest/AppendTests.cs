using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flatnet.Server.Rest;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Tests.Rest;

public sealed class AppendTests(RestFixture fixture) : IClassFixture<RestFixture>, IDisposable
{
    private const string Good = """{"source":"stdout","level":"INFO","message":"hello","timestamp":"2026-01-31T14:05:00.5+09:00"}""";

    private readonly RestServer _server = fixture.Server;
    private readonly string _task = Guid.NewGuid().ToString();

    private string Path => $"/api/v1/tasks/{_task}/logs";

    public void Dispose() => _server.Store.BeforeAppend = _ => Task.CompletedTask;

    [Fact]
    public async Task One_line_gets_its_id()
    {
        Answer answer = await _server.PostAsync(Path, Good);

        Assert.Equal($$"""{"id":"{{_task}}-1","taskId":"{{_task}}","timestamp":"2026-01-31T05:05:00.500000000Z","success":true}""", answer.Text);
        Assert.Equal("hello", Assert.Single(_server.Store.Lines(_task)).Message);
    }

    [Fact]
    public async Task A_line_that_was_there_already_is_a_success_too()
    {
        const string Line = """{"source":"stdout","message":"x","streamId":"s","sequence":1,"timestamp":"2026-01-31T05:05:00Z"}""";
        await _server.PostAsync(Path, Line);

        Answer answer = await _server.PostAsync(Path, Line);

        Assert.Equal($$"""{"id":null,"taskId":"{{_task}}","timestamp":"2026-01-31T05:05:00.000000000Z","success":true,"duplicate":true}""", answer.Text);
        Assert.Single(_server.Store.Lines(_task));
    }

    [Fact]
    public async Task Bad_entries_of_a_batch_are_named_and_the_others_stored()
    {
        Answer answer = await _server.PostAsync(Path, $$"""[{{Good}},{"message":"no source"},7,{"source":"stdout","message":"other","taskId":"u"},{{Good}}]""");

        Assert.Equal((2, 0, 2), (Number(answer, "accepted"), Number(answer, "duplicates"), Number(answer, "lastSeq")));
        Assert.Equal([1, 2, 3], answer.Json.GetProperty("rejected").EnumerateArray().Select(entry => entry.GetProperty("index").GetInt32()));
        Assert.All(answer.Json.GetProperty("rejected").EnumerateArray(), entry => Assert.Equal("INVALID_LOG_FORMAT", entry.GetProperty("code").GetString()));
        Assert.Equal(2, _server.Store.Lines(_task).Length);
    }

    [Fact]
    public async Task Lines_of_ndjson_stand_for_themselves()
    {
        Answer answer = await _server.PostAsync(Path, $"{Good}\r\n\n{{broken\n{Good}", "application/x-ndjson; charset=utf-8");

        Assert.Equal((2, 2), (Number(answer, "accepted"), Number(answer, "lastSeq")));
        Assert.Equal(1, Assert.Single(answer.Json.GetProperty("rejected").EnumerateArray()).GetProperty("index").GetInt32());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Packed_bodies_are_unpacked(string encoding)
    {
        Answer answer = await SendPackedAsync(encoding, Encoding.UTF8.GetBytes($"[{Good},{Good}]"));

        Assert.Equal(2, Number(answer, "accepted"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_is_refused(string encoding) =>
        (await SendPackedAsync(encoding, new byte[50 << 20])).AssertError(413, "PAYLOAD_TOO_LARGE");

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task What_is_not_packed_as_it_says_is_refused(string encoding)
    {
        using var content = new ByteArrayContent([1, 2, 3, 4, 5, 6, 7, 8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        using HttpResponseMessage response = await _server.Client.PostAsync(Path, content);

        (await Answer.ReadAsync(response)).AssertError(400, "INVALID_LOG_FORMAT");
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused() =>
        (await _server.PostAsync(Path, new string(' ', (5 << 20) + 1))).AssertError(413, "PAYLOAD_TOO_LARGE");

    [Fact]
    public async Task Too_many_entries_are_refused_as_a_whole()
    {
        (await _server.PostAsync(Path, $"[{string.Join(',', Enumerable.Repeat(Good, 10_001))}]")).AssertError(413, "PAYLOAD_TOO_LARGE");

        Assert.Empty(_server.Store.Lines(_task));
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("{", 1, 0)]
    [InlineData("[{\"message\":\"a\",\"source\":\"stdout\"},\n{\"message\" 1}]", 47, 1)]
    [InlineData("[] x", 3, 0)]
    public async Task Broken_json_is_named_with_its_place(string body, int position, int index)
    {
        JsonElement details = (await _server.PostAsync(Path, body)).AssertError(400, "INVALID_LOG_FORMAT").GetProperty("details");

        Assert.Equal((position.ToString(), index.ToString()), (details.GetProperty("position").GetString(), details.GetProperty("index").GetString()));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{\"message\":\"a\"}")]
    [InlineData("{\"source\":\"stdout\"}")]
    [InlineData("{\"source\":\"stdin\",\"message\":\"a\"}")]
    [InlineData("{\"source\":\"stdout\",\"message\":7}")]
    [InlineData("{\"source\":\"stdout\",\"message\":\"a\",\"level\":\"LOUD\"}")]
    [InlineData("{\"source\":\"stdout\",\"message\":\"a\",\"timestamp\":\"soon\"}")]
    [InlineData("{\"source\":\"stdout\",\"message\":\"a\",\"sequence\":-1,\"streamId\":\"s\"}")]
    [InlineData("{\"source\":\"stdout\",\"message\":\"a\",\"taskId\":\"u\"}")]
    [InlineData("{\"source\":\"stdout\",\"message\":\"\\ud800\"}")]
    public async Task What_is_no_line_is_refused(string body)
    {
        (await _server.PostAsync(Path, body)).AssertError(400, "INVALID_LOG_FORMAT");

        Assert.Empty(_server.Store.Lines(_task));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Other_media_types_are_refused(string type) => (await _server.PostAsync(Path, Good, type)).AssertError(415, "UNSUPPORTED_MEDIA_TYPE");

    [Fact]
    public async Task Other_encodings_are_refused() => (await SendPackedAsync("deflate", [])).AssertError(415, "UNSUPPORTED_MEDIA_TYPE");

    [Fact]
    public async Task A_store_that_fails_is_told_without_its_cause()
    {
        _server.Store.BeforeAppend = _ => throw new StoreException("/secret/path: disk I/O error");

        Answer answer = await _server.PostAsync(Path, Good);

        answer.AssertError(500, "DATABASE_ERROR");
        Assert.DoesNotContain("/secret", answer.Text);
    }

    [Fact]
    public async Task A_full_store_says_so_and_when_to_come_back()
    {
        _server.Store.BeforeAppend = _ => throw new StoreException("No room is left.", isFull: true);

        Answer answer = await _server.PostAsync(Path, Good);

        answer.AssertError(507, "STORAGE_FULL");
        Assert.NotNull(answer.Response.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_empty_batch_stores_nothing()
    {
        Answer answer = await _server.PostAsync(Path, "[]");

        Assert.Equal("""{"accepted":0,"duplicates":0,"rejected":[],"lastSeq":0}""", answer.Text);
    }

    [Fact]
    public async Task Without_auto_create_a_task_must_be_there()
    {
        await using RestServer strict = await RestServer.StartAsync(options => options with { Rest = new RestOptions { AutoCreate = false } });

        (await strict.PostAsync(Path, Good)).AssertError(404, "TASK_NOT_FOUND");
        await strict.PostAsync("/api/v1/tasks", $$"""{"id":"{{_task}}"}""");
        Assert.Equal(200, (await strict.PostAsync(Path, Good)).Status);
    }

    [Fact]
    public async Task Deleting_says_how_many_and_numbers_are_not_used_again()
    {
        await _server.FillAsync(_task, 5);

        Answer some = await _server.SendAsync(HttpMethod.Delete, Path + "?before=2026-01-01T00:00:01Z");
        Answer rest = await _server.SendAsync(HttpMethod.Delete, Path);
        await _server.PostAsync(Path, Good);

        Assert.Equal((2, 3), (Number(some, "deletedCount"), Number(rest, "deletedCount")));
        Assert.NotEmpty(some.Json.GetProperty("message").GetString()!);
        Assert.Equal(6, Assert.Single(_server.Store.Lines(_task)).Seq);
        (await _server.SendAsync(HttpMethod.Delete, "/api/v1/tasks/none/logs")).AssertError(404, "TASK_NOT_FOUND");
    }

    private async Task<Answer> SendPackedAsync(string encoding, byte[] bytes)
    {
        var packed = new MemoryStream();
        await using (Stream packer = encoding == "br" ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true) : new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await packer.WriteAsync(bytes);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        using HttpResponseMessage response = await _server.Client.PostAsync(Path, content);
        return await Answer.ReadAsync(response);
    }

    private static long Number(Answer answer, string name) => answer.Json.GetProperty(name).GetInt64();
}
