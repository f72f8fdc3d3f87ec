using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Flatnet.Logs.Times;
using Flatnet.Server.Auth.Keys;

namespace Flatnet.Server.Auth.Commands;

/// <summary><c>flatnetd token</c>: makes, lists and revokes API keys.</summary>
internal static class TokenCommand
{
    /// <param name="options">Where the file of keys is.</param>
    public static Command Create(Func<ParseResult, AuthOptions> options)
    {
        KeyRegister Register(ParseResult arguments)
        {
            AuthOptions auth = options(arguments);
            return new KeyRegister(auth.PathOf(auth.KeysFile), TimeProvider.System);
        }

        return new Command("token", "Make, list and revoke API keys. A running server knows at once.")
        {
            CreateKey(Register),
            ListKeys(Register),
            RevokeKey(Register),
        };
    }

    private static Command CreateKey(Func<ParseResult, KeyRegister> register)
    {
        var name = new Option<string>("--name") { Description = "What it is for; no two keys have the same name.", Required = true };
        var grant = new GrantOptions();
        var expires = new Option<TimeSpan?>("--expires")
        {
            Description = $"How long it is good: {DurationText.Forms}. Default: for ever.",
            CustomParser = result =>
            {
                if (DurationText.TryParse(result.Tokens[0].Value, out TimeSpan lifetime) && lifetime > TimeSpan.Zero)
                {
                    return lifetime;
                }

                result.AddError($"--expires: '{result.Tokens[0].Value}' is not {DurationText.Forms}.");
                return null;
            },
        };
        return new Command("create", "Make a key. It is shown this once.") { name, grant.Scope, grant.Task, expires, AccountAction.Json }.Doing((arguments, output) =>
        {
            (ApiKey record, string key) = register(arguments).Create(arguments.GetRequiredValue(name), grant.Read(arguments), arguments.GetValue(expires));
            if (arguments.GetValue(AccountAction.Json))
            {
                AccountAction.WriteJson(output, writer => Write(writer, record, key));
                return;
            }

            // The key alone on standard output, for KEY=$(flatnetd token create …).
            output.WriteLine(key);
            arguments.InvocationConfiguration.Error.WriteLine(
                $"{record.Name} ({record.Id}): {GrantOptions.Describe(record.Grant)}, {Until(record)}. The key is kept nowhere: note it now.");
        });
    }

    private static Command ListKeys(Func<ParseResult, KeyRegister> register) =>
        new Command("list", "Show all keys, without their secrets.") { AccountAction.Json }.Doing((arguments, output) =>
        {
            ImmutableArray<ApiKey> keys = register(arguments).List();
            if (arguments.GetValue(AccountAction.Json))
            {
                AccountAction.WriteJson(output, writer =>
                {
                    writer.WriteStartArray();
                    foreach (ApiKey key in keys)
                    {
                        Write(writer, key, secret: null);
                    }

                    writer.WriteEndArray();
                });
                return;
            }

            foreach (ApiKey key in keys)
            {
                output.WriteLine($"{key.Id}  {key.Name}  {GrantOptions.Describe(key.Grant)}, {Until(key)}");
            }
        });

    private static Command RevokeKey(Func<ParseResult, KeyRegister> register)
    {
        var which = new Argument<string>("ID|NAME") { Description = "The key." };
        return new Command("revoke", "End a key.") { which }.Doing((arguments, _) =>
        {
            string key = arguments.GetRequiredValue(which);
            if (!register(arguments).Revoke(key))
            {
                throw new FormatException($"There is no key '{key}'. \"flatnetd token list\" shows all.");
            }
        });
    }

    private static string Until(ApiKey key) => key.ExpiresAt is { } end ? $"until {Time(end)}" : "for ever";

    private static string Time(DateTimeOffset time) => Rfc3339.Format(Rfc3339.FromTime(time));

    private static void Write(Utf8JsonWriter writer, ApiKey record, string? secret)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, record.Id);
        writer.WriteString("name"u8, record.Name);
        if (secret is not null)
        {
            writer.WriteString("key"u8, secret);
        }

        GrantOptions.Write(writer, record.Grant);
        writer.WriteString("createdAt"u8, Time(record.CreatedAt));
        writer.WriteString("expiresAt"u8, record.ExpiresAt is { } end ? Time(end) : null);
        writer.WriteEndObject();
    }
}
