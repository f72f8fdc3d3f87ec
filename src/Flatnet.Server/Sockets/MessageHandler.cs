using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Limits;
using Flatnet.Server.Storage;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Sockets;

/// <summary>Does what a connection's messages say, one after the other. What one may do comes from its token alone.</summary>
internal sealed class MessageHandler(SocketConnection connection, SocketRoute route, SocketContext context)
{
    private const string Heartbeat = "heartbeat";

    private Feed? _feed;
    private AgentLines? _lines;

    // An acknowledgement speaks for all lines before it: after some that were refused it would be a lie.
    private bool _hasRefusedLines;

    /// <summary>How long the viewer has been behind.</summary>
    public TimeSpan BehindFor => _feed?.BehindFor ?? TimeSpan.Zero;

    /// <summary>The task whose lines an agent sends here; null for any other connection.</summary>
    public string? AgentTask { get; private set; }

    /// <summary>The asker is known.</summary>
    public void Begin()
    {
        if (route.IsStatusChannel)
        {
            Feed(new StatusFeed(connection, context.Live.WatchStatuses()));
        }
    }

    /// <exception cref="ApiException">The message is refused.</exception>
    /// <exception cref="JsonException">It is not JSON, or a member has a wrong type.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask HandleAsync(ReadOnlyMemory<byte> message, WebSocketMessageType kind)
    {
        if (kind != WebSocketMessageType.Text)
        {
            throw Invalid("A message must be text, not binary.");
        }

        string? type = WireJson.TypeOf(message.Span);
        if (connection.Principal is null && type != AuthMessage.Name)
        {
            throw new ApiException(401, ErrorCode.Unauthorized, "Send {\"type\":\"auth\",\"token\":…} first, or a header with the request.");
        }

        switch (type)
        {
            case AgentFrame.Single or AgentFrame.Batch or AgentFrame.Ktcp:
                await WriteAsync(type, message).ConfigureAwait(false);
                break;
            case PingMessage.Name or Heartbeat:
                PingMessage ping = Read(message, WireJson.Default.PingMessage);
                await connection.SendAsync(new PongMessage(ping.Timestamp), WireJson.Default.PongMessage).ConfigureAwait(false);
                break;
            case PongMessage.Name:
                break;
            case AuthMessage.Name:
                await AuthenticateAsync(Read(message, WireJson.Default.AuthMessage)).ConfigureAwait(false);
                break;
            case SubscribeMessage.Name:
                await SubscribeAsync(Read(message, WireJson.Default.SubscribeMessage)).ConfigureAwait(false);
                break;
            case UnsubscribeMessage.Name:
                await UnsubscribeAsync(Read(message, WireJson.Default.UnsubscribeMessage)).ConfigureAwait(false);
                break;
            case ResumeMessage.Name:
                await ResumeAsync(Read(message, WireJson.Default.ResumeMessage), TaskIdIn(message)).ConfigureAwait(false);
                break;
            case StatusMessage.Name:
                await ReportAsync(Read(message, WireJson.Default.StatusMessage), TaskIdIn(message)).ConfigureAwait(false);
                break;
            case null:
                throw Invalid("The message has no 'type'.");
            default:
                throw new ApiException(400, ErrorCode.ValidationError, $"There is no message type '{(type.Length > 50 ? type[..50] : type)}'.");
        }
    }

    /// <summary>Sends nothing more to a viewer.</summary>
    public void StopFeed() => _feed?.Stop();

    /// <summary>Ends what runs beside; an agent's lines that were read are stored.</summary>
    public async Task StopAsync()
    {
        if (_feed is not null)
        {
            await _feed.StopAsync().ConfigureAwait(false);
        }

        if (_lines is not null)
        {
            await _lines.DrainAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask WriteAsync(string type, ReadOnlyMemory<byte> message)
    {
        Require(Scopes.LogsWrite);
        AgentFrame frame = ReadLines(type, message);
        string taskId = Require(Scopes.LogsWrite, frame.TaskId);
        _lines ??= new AgentLines(connection, context);
        await _lines.AddAsync(taskId, frame.Entries, message.Length).ConfigureAwait(false);
    }

    private AgentFrame ReadLines(string type, ReadOnlyMemory<byte> message)
    {
        AgentFrame frame;
        try
        {
            frame = AgentFrame.Read(type, message.Span, Rfc3339.Now(context.Time));
        }
        catch (Exception exception) when (exception is ApiException or JsonException)
        {
            _hasRefusedLines = true;
            throw;
        }

        return _hasRefusedLines && frame.Entries.Any(entry => entry.Sequence > 0)
            ? throw new ApiException(400, ErrorCode.ValidationError, "Lines before these were refused: send 'resume', and go on from what it says.")
            : frame;
    }

    private async ValueTask ResumeAsync(ResumeMessage resume, string? named)
    {
        string taskId = Require(Scopes.LogsWrite, named);
        if (resume.StreamId is not { Length: > 0 and <= 128 } streamId)
        {
            throw new ApiException(400, ErrorCode.ValidationError, "'streamId' must have 1 to 128 characters.");
        }

        _hasRefusedLines = false;
        AgentTask = taskId;
        if (_lines is null || await _lines.DrainAsync().ConfigureAwait(false))
        {
            long sequence = await context.Store.GetLastSequenceAsync(taskId, streamId, connection.Gone).ConfigureAwait(false);
            await connection.SendAsync(new AckMessage(streamId, sequence), WireJson.Default.AckMessage).ConfigureAwait(false);
        }
    }

    // Not beside what follows: an agent takes the answer to its next ping for a sign that the status was taken.
    private async ValueTask ReportAsync(StatusMessage report, string? named)
    {
        string taskId = Require(Scopes.LogsWrite, named);
        if (!TaskStatusNames.TryParse(report.Status, out TaskStatus status))
        {
            throw new ApiException(400, ErrorCode.ValidationError, "'status' must be PENDING, PROCESSING, WAITING_FOR_INPUT, COMPLETED or FAILED.");
        }

        if (_lines is null || await _lines.DrainAsync().ConfigureAwait(false))
        {
            var change = new TaskChange { Status = status, ExitCode = report.ExitCode, At = Rfc3339.Now(context.Time) };
            await context.Writer.ChangeTaskAsync(taskId, change, connection.Gone).ConfigureAwait(false);
        }
    }

    private async ValueTask AuthenticateAsync(AuthMessage auth)
    {
        Principal? before = connection.Principal;
        Principal principal;
        try
        {
            principal = await context.Authenticator.AuthenticateAsync(auth.Token ?? "", connection.Gone).ConfigureAwait(false);
        }
        catch (ApiException refused) when (refused.Status == 401)
        {
            context.Limits.Take(RateLimit.Failures, connection.Address);
            throw;
        }

        connection.Accept(principal);
        SocketAccess.Check(principal, route);
        if (_feed is ViewerFeed viewer)
        {
            Require(Scopes.LogsRead, viewer.TaskId);
        }

        string? expires = principal.ExpiresAt is { } time ? Rfc3339.Format(Rfc3339.FromTime(time)) : null;
        await connection.SendAsync(new AuthOkMessage(expires), WireJson.Default.AuthOkMessage).ConfigureAwait(false);
        if (before is null)
        {
            Begin();
        }
    }

    private async ValueTask SubscribeAsync(SubscribeMessage subscribe)
    {
        string taskId = Require(Scopes.LogsRead, subscribe.TaskId);
        Live.LiveRequest request = SubscribeRequest.Read(taskId, subscribe.Options);
        if (_feed is not null)
        {
            await _feed.StopAsync().ConfigureAwait(false);
        }

        Feed(new ViewerFeed(connection, context.Live.Subscribe(request), taskId, subscribe.Options?.Batch == true, context.Time));
    }

    private async ValueTask UnsubscribeAsync(UnsubscribeMessage unsubscribe)
    {
        string taskId = route.TaskOf(unsubscribe.TaskId);
        if (_feed is ViewerFeed viewer && viewer.TaskId == taskId)
        {
            await viewer.StopAsync().ConfigureAwait(false);
            _feed = null;
        }

        await connection.SendAsync(new UnsubscribedMessage(taskId), WireJson.Default.UnsubscribedMessage).ConfigureAwait(false);
    }

    private void Feed(Feed feed)
    {
        _feed = feed;
        feed.Start();
        // Whoever closed the connection in the meantime did not see the feed.
        if (connection.IsClosing)
        {
            feed.Stop();
        }
    }

    private string Require(Scopes scopes, string? named)
    {
        string taskId = route.TaskOf(named);
        SocketAccess.Require(connection.Principal!, scopes, taskId);
        return taskId;
    }

    private void Require(Scopes scopes) => SocketAccess.Require(connection.Principal!, scopes, null);

    private static T Read<T>(ReadOnlyMemory<byte> message, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(message.Span, type)!;

    private static string? TaskIdIn(ReadOnlyMemory<byte> message)
    {
        var reader = new Utf8JsonReader(message.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTaskId = reader.ValueTextEquals("taskId"u8);
            reader.Read();
            if (isTaskId)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : throw Invalid("'taskId' must be a string.");
            }

            reader.Skip();
        }

        return null;
    }

    private static ApiException Invalid(string message) => new(400, ErrorCode.InvalidMessageFormat, message);
}
