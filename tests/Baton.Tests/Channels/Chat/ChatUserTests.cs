using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baton.Channels.Chat;

namespace Baton.Tests.Channels.Chat;

/// <summary>Who a site says is logged in counts only as its server has signed it.</summary>
public sealed class ChatUserTests
{
    /// <summary>Of the documented example; nobody's.</summary>
    private const string Secret = "example-secret-of-the-documentation-only";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private static readonly ChatOptions Options = new() { IdentitySecret = Secret };

    private static readonly ChatClaim Claim = Signed(new("42", "ada@example.com", "Ada L", "1799999000", null));

    [Fact]
    public void Is_known_as_the_documented_example_says()
    {
        Assert.Equal(DocumentedHash(), Claim.Hash);
        Assert.Equal(new ChatUser("42", "ada@example.com", "Ada L"), ChatUser.Verify(Claim, Options, Now));
        Assert.Equal(new ChatUser("42", null, null),
            ChatUser.Verify(Signed(new("42", null, null, "1799999000", null)), Options, Now));
    }

    [Fact]
    public void Stays_a_stranger_when_anything_was_changed()
    {
        ChatClaim[] changed =
        [
            Claim with { Id = "43" }, Claim with { Id = null }, Claim with { Email = "eve@example.com" },
            Claim with { Name = "Eve" }, Claim with { Time = "1799999001" }, Claim with { Time = null },
            Claim with { Time = "soon" }, Claim with { Hash = null }, Claim with { Hash = "" },
            Claim with { Hash = Claim.Hash!.Replace(Claim.Hash[5], Claim.Hash[5] == 'a' ? 'b' : 'a') },
            Claim with { Hash = Claim.Hash[..^1] + "g" }, Claim with { Hash = Claim.Hash[..32] },
            Claim with { Hash = Claim.Hash + "00" },
        ];

        Assert.All(changed, claim => Assert.Null(ChatUser.Verify(claim, Options, Now)));
        Assert.Null(ChatUser.Verify(Claim, new ChatOptions { IdentitySecret = new string('x', 40) }, Now));
        Assert.Null(ChatUser.Verify(Claim, new ChatOptions(), Now));
    }

    [Fact]
    public void Stays_a_stranger_when_it_was_signed_too_long_ago_or_for_nobody()
    {
        Assert.Null(ChatUser.Verify(Claim, Options, Now + Options.IdentityAge));
        Assert.Null(ChatUser.Verify(Claim, Options, Now - TimeSpan.FromDays(2)));
        Assert.Null(ChatUser.Verify(Signed(new(null, null, "Ada L", "1799999000", null)), Options, Now));
    }

    [Fact]
    public void Cannot_move_a_part_of_one_field_into_the_next()
    {
        var moved = Signed(new("42\nada@example.com", "Ada L", null, "1799999000", null));

        Assert.Null(ChatUser.Verify(moved, Options, Now));
    }

    /// <summary>As the line of PHP in the documentation makes it.</summary>
    private static ChatClaim Signed(ChatClaim claim) => claim with
    {
        Hash = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{claim.Time}\n{claim.Id}\n{claim.Email}\n{claim.Name}")))),
    };

    private static string DocumentedHash()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "docs", "channels", "chat.md") is var page && File.Exists(page))
                return File.ReadAllLines(page).First(line => line.StartsWith("hash ", StringComparison.Ordinal))[5..].Trim();
        throw new InvalidOperationException("docs/channels/chat.md is missing");
    }
}
