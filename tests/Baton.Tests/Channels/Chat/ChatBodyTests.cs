using System.Text;
using Baton.Channels.Chat;
using Baton.Conversations.Tickets;

namespace Baton.Tests.Channels.Chat;

/// <summary>What a browser may send, and what anybody else might.</summary>
public sealed class ChatBodyTests
{
    private const string Opening =
        """{"key":"k","token":"t","consent":true,"user":{"id":"1","email":"a@example.com","name":"A","time":"5","hash":"00"}}""";

    [Fact]
    public void Reads_what_the_window_sends()
    {
        var opening = ChatBody.Opening(Read(Opening));

        Assert.Equal(("k", "t", true), (opening.Key, opening.Token, opening.Consent));
        Assert.Equal(new ChatClaim("1", "a@example.com", "A", "5", "00"), opening.Claim);
        Assert.Null(ChatBody.Opening(Read("""{"key":"k","token":null,"user":null,"consent":false}""")).Claim);
        Assert.Equal(("m-1", "Hi\nthere"), ChatBody.Message(Read("""{"id":"m-1","text":"Hi\r\nthere"}"""), 100));
        Assert.Equal((3, 1), ChatBody.Solved(Read("""{"turn":3,"passage":1}""")));
    }

    [Theory]
    [InlineData("""{"id":"m 1","text":"Hi"}""", "id")]
    [InlineData("""{"id":"","text":"Hi"}""", "id")]
    [InlineData("""{"text":"Hi"}""", "id")]
    [InlineData("""{"id":"m"}""", "text")]
    [InlineData("""{"id":"m","text":5}""", "text")]
    [InlineData("""{"id":"m","text":"12345678901"}""", "text")]
    [InlineData("""{"id":"m","text":"Hi","from":"agent"}""", "from")]
    [InlineData("""["m"]""", "body")]
    [InlineData("""{"id":""", "body")]
    [InlineData("", "body")]
    public void Says_which_field_of_a_message_is_wrong(string json, string field) => Assert.Equal(
        field, Assert.Throws<TicketFormatException>(() => ChatBody.Message(Read(json), 10)).Field);

    [Fact]
    public void Refuses_anything_else_without_another_exception()
    {
        var random = new Random(20_261_130);
        string[] genuine = [Opening, """{"id":"m-1","text":"Hi"}""", """{"turn":3,"passage":1}"""];
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(genuine[i % genuine.Length]).ToList();
            for (var change = random.Next(1, 6); change > 0; change--)
                if (random.Next(2) == 0) bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
                else bytes.InsertRange(random.Next(bytes.Count), "\"{[,:\\ud800null1e999"u8.ToArray()[..random.Next(19)]);
            foreach (var read in (Action<byte[]>[])
                [b => ChatBody.Opening(ChatBody.Read(b)), b => ChatBody.Message(ChatBody.Read(b), 100),
                    b => ChatBody.Solved(ChatBody.Read(b))])
                if (Record.Exception(() => read([.. bytes])) is { } error)
                    Assert.IsType<TicketFormatException>(error);
        }
    }

    private static System.Text.Json.JsonElement Read(string json) => ChatBody.Read(Encoding.UTF8.GetBytes(json));
}
