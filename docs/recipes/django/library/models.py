from django.db import models


class Author(models.Model):
    email = models.CharField(max_length=255, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Book(models.Model):
    title = models.TextField()
    author = models.ForeignKey(Author, on_delete=models.CASCADE)
    pages = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pages__gt=0), name="book_pages_positive")
        ]
