using System.Diagnostics;
using System.Text.RegularExpressions;
using Baton.Channels.Chat;

namespace Baton.Tests.Channels.Chat;

/// <summary>The documented PHP of a shop, run as it stands there.</summary>
public sealed partial class ChatSnippetTests
{
    private const string Secret = "example-secret-of-the-documentation-only", Php = "/usr/bin/php";

    [Theory]
    [InlineData("42", "ada@example.com", "Ada L")]
    [InlineData("42", "", "")]
    [InlineData("7", "o'hara@example.com", "Ó \"Hara\" <b>")]
    public async Task Signs_who_is_logged_in(string id, string email, string name)
    {
        Assert.SkipUnless(File.Exists(Php), "php is not here: `./test` installs it");
        using var php = Process.Start(new ProcessStartInfo(Php)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
            Environment = { ["BATON_CHAT_SECRET"] = Secret, ["ID"] = id, ["EMAIL"] = email, ["NAME"] = name },
        })!;
        await php.StandardInput.WriteAsync(
            "<?php $customer = (object) ['id' => getenv('ID'), 'email' => getenv('EMAIL'), 'name' => getenv('NAME')]; ?>"
            + Snippet());
        php.StandardInput.Close();
        var page = await php.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await php.WaitForExitAsync(TestContext.Current.CancellationToken);

        var given = Attribute().Matches(page).ToDictionary(
            m => m.Groups[1].Value, m => System.Net.WebUtility.HtmlDecode(m.Groups[2].Value));
        var claim = new ChatClaim(Of("id"), Of("email"), Of("name"), Of("time"), Of("hash"));
        var at = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(claim.Time!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(new ChatUser(id, Of("email"), Of("name")),
            ChatUser.Verify(claim, new ChatOptions { IdentitySecret = Secret }, at));
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);

        string? Of(string what) => given.GetValueOrDefault(what) is { Length: > 0 } value ? value : null;
    }

    private static string Snippet()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "docs", "channels", "chat.md") is var page && File.Exists(page))
                return File.ReadAllText(page).Split("```php\n")[1].Split("```")[0];
        throw new InvalidOperationException("docs/channels/chat.md is missing");
    }

    [GeneratedRegex("data-user-([a-z]+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();
}
