using Baton.Text.Languages;

namespace Baton.Tests.Text;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("en", "The zipper of my backpack broke and I'd like a replacement, please.")]
    [InlineData("de", "Der Reißverschluss meines Rucksacks ist gerissen, ich hätte gerne Ersatz.")]
    [InlineData("es", "Se ha roto la cremallera de mi mochila y quisiera un recambio.")]
    [InlineData("fr", "La fermeture de mon sac à dos est cassée, je souhaite un remplacement.")]
    [InlineData("pt", "O fecho da minha mochila partiu-se e queria uma substituição.")]
    [InlineData("it", "La cerniera del mio zaino si è rotta, vorrei una sostituzione.")]
    [InlineData("nl", "De rits van mijn rugzak is kapot, ik wil graag een vervanging.")]
    [InlineData("sv", "Dragkedjan på min ryggsäck har gått sönder, jag vill ha en ny.")]
    [InlineData("da", "Lynlåsen på min rygsæk er gået i stykker, og jeg vil gerne have en ny.")]
    [InlineData("no", "Glidelåsen på ryggsekken min har røket, og jeg vil gjerne ha en ny.")]
    [InlineData("fi", "Reppuni vetoketju meni rikki, haluaisin uuden tilalle.")]
    [InlineData("pl", "Zamek w moim plecaku się zepsuł, chciałbym dostać nowy.")]
    [InlineData("cs", "Zip na mém batohu se rozbil, chtěl bych náhradu.")]
    [InlineData("sk", "Zips na mojom batohu sa pokazil, chcel by som náhradu.")]
    [InlineData("hu", "Elromlott a hátizsákom cipzárja, szeretnék egy másikat kapni.")]
    [InlineData("ro", "Fermoarul rucsacului meu s-a stricat și aș dori un înlocuitor.")]
    [InlineData("tr", "Sırt çantamın fermuarı bozuldu, değiştirmek istiyorum.")]
    [InlineData("vi", "Khóa kéo của ba lô bị hỏng, tôi muốn đổi cái khác.")]
    [InlineData("id", "Ritsleting tas saya rusak, saya ingin minta penggantian.")]
    [InlineData("hr", "Patentni zatvarač na mom ruksaku se pokvario, htio bih zamjenu.")]
    [InlineData("ru", "На моём рюкзаке сломалась молния, хочу получить замену.")]
    [InlineData("uk", "На моєму рюкзаку зламалася блискавка, хочу отримати заміну.")]
    [InlineData("bg", "Ципът на раницата ми се счупи и бих искал замяна.")]
    [InlineData("el", "Το φερμουάρ του σακιδίου μου χάλασε, θα ήθελα αντικατάσταση.")]
    [InlineData("ar", "تعطل سحاب حقيبتي وأريد استبدالها من فضلكم.")]
    [InlineData("fa", "زیپ کوله پشتی من خراب شده است و یک جایگزین می‌خواهم.")]
    [InlineData("he", "הרוכסן בתיק שלי נשבר ואני רוצה תיק חלופי.")]
    [InlineData("hi", "मेरे बैग की ज़िप टूट गई है, कृपया इसे बदल दें।")]
    [InlineData("zh", "我的背包拉链坏了，我想换一个新的。")]
    [InlineData("ja", "リュックのファスナーが壊れたので、交換をお願いします。")]
    [InlineData("ko", "배낭 지퍼가 고장 나서 교환하고 싶습니다.")]
    [InlineData("th", "ซิปกระเป๋าเป้ของฉันพัง อยากขอเปลี่ยนใหม่")]
    public void Names_the_language_of_a_sentence(string code, string text) =>
        Assert.Equal(code, LanguageDetector.Detect(text).Code);

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("info")]
    [InlineData("???")]
    [InlineData("4711-0815")]
    [InlineData("😀😀😀")]
    [InlineData("https://example.com/orders/abc")]
    [InlineData("jane.doe@example.com")]
    [InlineData("\u200b\u200b\u200b")]
    public void Does_not_guess_when_the_text_does_not_tell(string text) =>
        Assert.Equal(DetectedLanguage.Undetermined, LanguageDetector.Detect(text));

    [Fact]
    public void Is_surer_of_a_longer_text()
    {
        var word = LanguageDetector.Detect("hello");
        var sentence = LanguageDetector.Detect("Hello, could you tell me where my parcel is?");

        Assert.True(sentence.Confidence > word.Confidence);
    }

    [Fact]
    public void Takes_the_language_that_most_of_a_mixed_text_is_in()
    {
        var mixed = LanguageDetector.Detect(
            "Hi there! Ich habe vor drei Wochen ein Zelt bestellt und es ist immer noch nicht da. Thanks!");

        Assert.Equal("de", mixed.Code);
    }

    [Fact]
    public void Is_not_misled_by_a_product_name_in_another_script() =>
        Assert.Equal("en", LanguageDetector.Detect("Is the 富士 tent waterproof and how heavy is it?").Code);

    [Fact]
    public void Knows_at_least_thirty_languages() => Assert.True(LanguageDetector.Languages.Distinct().Count() >= 30);

    [Fact]
    public void Answers_hostile_input()
    {
        string[] hostile =
        [
            new('a', 2_000_000), new('\u200b', 100_000), new('\ud83d', 5_000),
            string.Concat(Enumerable.Repeat("e\u0301", 50_000)),
            string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"w{i:x}")),
        ];

        Assert.All(hostile, text => Assert.InRange(LanguageDetector.Detect(text).Confidence, 0, 1));
    }
}
