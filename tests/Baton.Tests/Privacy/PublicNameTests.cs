using Baton.Privacy;

namespace Baton.Tests.Privacy;

/// <summary>
/// Brands, clubs, characters and places that read like a person's name, and people who are called like them.
/// </summary>
public sealed class PublicNameTests
{
    private static readonly Redactor Redactor = new();

    [Theory]
    [InlineData("both packs from order NW-10004 via UPS drop-off"), InlineData("is NW-10005 via FedEx on its way")]
    [InlineData("RMA-4411 via DHL Express"), InlineData("my code T-5678 via Text message")]
    [InlineData("NW-10007 Boulevard boots, size 9"), InlineData("serial SB5-1200 Camino trail shoes")]
    public void Leaves_numbers_of_orders_before_a_word_of_streets_alone(string text) =>
        Assert.Empty(Redactor.Find(text));

    [Theory]
    // Brands.
    [InlineData("I love my Calvin Klein jeans."), InlineData("Do you sell Ralph Lauren?")]
    [InlineData("Levi Strauss jackets are too small for me"), InlineData("Do you carry Max Mara coats?")]
    [InlineData("The Tommy Hilfiger shirt in my parcel is torn"), InlineData("Is Hugo Boss in the sale?")]
    [InlineData("My Dr. Martens leak."), InlineData("Are Jack Wolfskin or Helly Hansen cheaper?")]
    [InlineData("The Calvin Klein order NW-10003 is late"), InlineData("a Michael Kors bag, CALVIN KLEIN socks")]
    [InlineData("Is Ralph Lauren's Polo back?"), InlineData("The John Deere cap never arrived.")]
    // Characters.
    [InlineData("The Harry Potter lunch box has not arrived."), InlineData("a Peppa Pig rucksack and a Mickey Mouse cup")]
    // Clubs.
    [InlineData("Is the AC Milan jersey back in stock?"), InlineData("My AC Milan shirt is torn.")]
    [InlineData("The FC Barcelona bag is broken."), InlineData("Is the Paris Saint Germain scarf available?")]
    [InlineData("Is the Paris Saint-Germain scarf available?"), InlineData("An Inter Milan cap, please.")]
    [InlineData("The Dallas FC shirt is too large"), InlineData("a Charlotte FC scarf")]
    // Places.
    [InlineData("We live in Santa Monica now."), InlineData("Do you ship to San Francisco and San Diego?")]
    [InlineData("My parcel has been in Saint Louis since Monday."), InlineData("I moved to Santa Barbara last week")]
    [InlineData("Is there a shop in San Antonio or Santa Clara?"), InlineData("Pick up in Virginia Beach, please")]
    public void Leaves_names_that_are_nobodys(string text) =>
        Assert.DoesNotContain(Redactor.Find(text), s => s.Type == PersonalDataType.Person);

    [Theory]
    // The same words in other company.
    [InlineData("Milan Kundera ordered it.", "Milan Kundera"), InlineData("Paris Jackson wrote to you.", "Paris Jackson")]
    [InlineData("Dortmund Schmidt has the parcel.", "Schmidt"), InlineData("Calvin Schmidt ordered it.", "Calvin Schmidt")]
    [InlineData("Please ask Ralph Keller about it.", "Ralph Keller"), InlineData("Harry Porter called you.", "Harry Porter")]
    [InlineData("Monica Keller ordered it.", "Monica Keller"), InlineData("Max Mueller ordered the coat.", "Max Mueller")]
    [InlineData("It was ordered by Calvin Klein Schmidt.", "Schmidt"), InlineData("Levi Meyer called you.", "Levi Meyer")]
    [InlineData("Maria Santa Cruz ordered it.", "Maria"), InlineData("Diego Martinez ordered it.", "Diego Martinez")]
    [InlineData("A. C. Miller ordered it.", "Miller"), InlineData("Santana Lopez ordered it.", "Lopez")]
    [InlineData("Ted Baker called you.", "Ted Baker"), InlineData("John Lewis ordered it.", "John Lewis")]
    // Somebody is called so.
    [InlineData("My name is Max Mara.", "Max Mara"), InlineData("Hello, my name is Harry Potter.", "Harry Potter")]
    [InlineData("I am Ralph Lauren from Leeds.", "Ralph Lauren"), InlineData("Please call Mr. Calvin Klein.", "Calvin Klein")]
    [InlineData("Where is my order?\n\nKind regards,\nHarry Potter", "Harry Potter")]
    [InlineData("Dear Max Mara,\nwhere is it?", "Max Mara"), InlineData("name: Santa Monica", "Santa Monica")]
    public void Finds_people_who_are_called_like_them(string text, string name) => Assert.Contains(
        Redactor.Find(text), s => s.Type == PersonalDataType.Person
            && text.Substring(s.Start, s.Length).Contains(name, StringComparison.Ordinal));
}
