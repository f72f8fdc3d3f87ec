using System.Text;

namespace Flatnet.Server.Auth.Commands;

/// <summary>Asks for a password: on a terminal twice and unseen, else the first line of standard input.</summary>
internal static class PasswordPrompt
{
    /// <exception cref="FormatException">The two differ, or there is none.</exception>
    public static string Read(TextWriter error)
    {
        if (Console.IsInputRedirected)
        {
            return Console.In.ReadLine() ?? throw new FormatException("Standard input ended before a password came.");
        }

        string password = Ask(error, "Password: ");
        return password == Ask(error, "Once more: ") ? password : throw new FormatException("The two passwords differ. Nothing was changed.");
    }

    private static string Ask(TextWriter error, string question)
    {
        error.Write(question);
        var typed = new StringBuilder();
        for (ConsoleKeyInfo key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        error.WriteLine();
        return typed.ToString();
    }
}
