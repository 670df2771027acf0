"""The five fits and the route cards: plain functions of what people wrote and of shipped facts."""
