using System.Collections.Immutable;
using Flatnet.Logs.Wire;

namespace Flatnet.Server.Errors;

/// <summary>The errors that several endpoints give.</summary>
internal static class Refusal
{
    /// <summary>400: a parameter makes no sense.</summary>
    public static ApiException Parameter(string name, string message) =>
        new(400, ErrorCode.ValidationError, message, ImmutableDictionary<string, string>.Empty.Add("parameter", name));

    /// <summary>400: a body is not what it must be.</summary>
    public static ApiException Format(string message) => new(400, ErrorCode.InvalidLogFormat, message);

    /// <summary>400: a member of a body makes no sense.</summary>
    public static ApiException Member(string name, string message) =>
        new(400, ErrorCode.ValidationError, message, ImmutableDictionary<string, string>.Empty.Add("member", name));

    /// <summary>404.</summary>
    public static ApiException NoTask(string taskId) =>
        new(404, ErrorCode.TaskNotFound, $"There is no task '{taskId}'.", ImmutableDictionary<string, string>.Empty.Add("taskId", taskId));

    /// <summary>413.</summary>
    public static ApiException TooLarge(string message) => new(413, ErrorCode.PayloadTooLarge, message);
}
