using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Flatnet.Server.Auth.Users;

namespace Flatnet.Server.Auth.Commands;

/// <summary><c>flatnetd user</c>: adds, lists and removes the users who log in with a password.</summary>
internal static class UserCommand
{
    /// <param name="options">Where the file of users is.</param>
    /// <param name="readPassword">Asks for a password; see <see cref="PasswordPrompt"/>.</param>
    public static Command Create(Func<ParseResult, AuthOptions> options, Func<TextWriter, string> readPassword)
    {
        UserRegister Register(ParseResult arguments)
        {
            AuthOptions auth = options(arguments);
            return new UserRegister(auth.PathOf(auth.UsersFile), TimeProvider.System);
        }

        return new Command("user", "Add, list and remove users with passwords. A running server knows at once.")
        {
            Add(Register, readPassword),
            List(Register),
            Remove(Register),
        };
    }

    private static Command Add(Func<ParseResult, UserRegister> register, Func<TextWriter, string> readPassword)
    {
        Argument<string> name = Name();
        var grant = new GrantOptions();
        // Never the password itself: everybody on the machine sees the arguments of a process.
        var file = new Option<FileInfo>("--password-file") { Description = "The file with the password. Default: it is asked for, or read from standard input." };
        return new Command("add", "Add a user.") { name, grant.Scope, grant.Task, file }.Doing((arguments, _) =>
        {
            string password = arguments.GetValue(file) is { } location
                ? File.ReadAllText(location.FullName).TrimEnd('\r', '\n')
                : readPassword(arguments.InvocationConfiguration.Error);
            register(arguments).Add(arguments.GetRequiredValue(name), password, grant.Read(arguments));
        });
    }

    private static Command List(Func<ParseResult, UserRegister> register) =>
        new Command("list", "Show all users.") { AccountAction.Json }.Doing((arguments, output) =>
        {
            ImmutableArray<UserRecord> users = register(arguments).List();
            if (arguments.GetValue(AccountAction.Json))
            {
                AccountAction.WriteJson(output, writer => Write(writer, users));
                return;
            }

            foreach (UserRecord user in users)
            {
                output.WriteLine($"{user.Name}  {GrantOptions.Describe(user.Grant)}");
            }
        });

    private static Command Remove(Func<ParseResult, UserRegister> register)
    {
        Argument<string> name = Name();
        return new Command("remove", "Remove a user, and end all its logins.") { name }.Doing((arguments, _) =>
        {
            string user = arguments.GetRequiredValue(name);
            if (!register(arguments).Remove(user))
            {
                throw new FormatException($"There is no user '{user}'. \"flatnetd user list\" shows all.");
            }
        });
    }

    private static Argument<string> Name() => new("NAME") { Description = "The user's name." };

    private static void Write(Utf8JsonWriter writer, ImmutableArray<UserRecord> users)
    {
        writer.WriteStartArray();
        foreach (UserRecord user in users)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, user.Name);
            GrantOptions.Write(writer, user.Grant);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
