using System.Text.Json.Serialization;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Auth.Sessions;
using Flatnet.Server.Auth.Users;

namespace Flatnet.Server.Auth;

/// <summary>The files of keys, users and logins, and the bodies of <c>/auth</c>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(UserDocument))]
[JsonSerializable(typeof(SessionDocument))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(LoginReply))]
internal sealed partial class AuthJson : JsonSerializerContext;
